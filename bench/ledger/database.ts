import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plan } from '../ledger.js'

export interface BenchDatabase {
  url: string
  folder: string
  /** Where pgbench works: beside ours on the same server. */
  peerUrl: string
  drop(): Promise<void>
}

function sql(url: string, statement: string) {
  const { status, stderr } = spawnSync('psql', [url, '-qc', statement], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/** A database of this run alone, and the environment that points the app at it. */
export async function prepareDatabase({ engine }: Plan): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'repasse-bench-'))
  const server = process.env.BENCH_PG_URL ?? 'postgres://postgres@127.0.0.1:5432'
  const name = `repasse_bench_${process.pid}`
  const [url, peerUrl] = [`${server}/${name}`, `${server}/${name}_peer`]
  if (engine === 'pg') {
    for (const database of [name, `${name}_peer`]) {
      sql(`${server}/postgres`, `create database ${database}`)
    }
  }
  Object.assign(process.env, {
    NODE_ENV: 'test',
    ENV_PATH: folder,
    HOST: '127.0.0.1',
    PORT: '3999',
    LOG_LEVEL: 'error',
    APP_KEY: 'bench-app-key-0123456789abcdefghijklmnop',
    APP_URL: 'http://127.0.0.1:3999',
    CREDENTIAL_KEYS: 'bench1:first-credential-key-0123456789abcdef',
    DB_CONNECTION: engine,
    SQLITE_PATH: join(folder, 'bench.sqlite3'),
    PG_URL: url,
    WORKER: 'off',
  })
  return {
    url,
    folder,
    peerUrl,
    async drop() {
      rmSync(folder, { recursive: true, force: true })
      if (engine !== 'pg') return
      for (const database of [name, `${name}_peer`]) {
        sql(`${server}/postgres`, `drop database ${database} with (force)`)
      }
    },
  }
}
