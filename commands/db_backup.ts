import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** What went wrong, in words for whoever typed the command. */
class BackupFailed extends Error {}

export default class DbBackup extends BaseCommand {
  static commandName = 'db:backup'
  static description = 'Write a whole copy of the database while the app runs'
  static help = [
    'SQLite: one file, checked after it was written. PostgreSQL: an archive of pg_dump for pg_restore.',
    'Secrets in it stay sealed: keep CREDENTIAL_KEYS and APP_KEY apart from it, and keep them.',
    '',
    'Exit code: 0 written, 1 failed and nothing is left behind, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'File to write; default: storage/backups/<time>', alias: 'o' })
  declare output?: string

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { dialect } = db.connection()
    const engine = dialect.name === 'postgres' ? 'postgres' : 'sqlite'
    const path = this.output ? resolve(this.output) : this.#defaultPath(engine)
    if (await stat(path).catch(() => null)) {
      this.logger.error(`${path} is there already: name another file`)
      this.exitCode = 2
      return
    }
    const startedAt = performance.now()
    const partial = `${path}.partial`
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rm(partial, { force: true })
      await (engine === 'sqlite' ? this.#copySqlite(partial) : this.#dumpPostgres(partial))
      await chmod(partial, 0o600)
      await flush(partial)
      await rename(partial, path)
      await flush(dirname(path))
    } catch (error) {
      await rm(partial, { force: true }).catch(() => {})
      if (!(error instanceof BackupFailed) && !isFileError(error)) throw error
      this.logger.error(error.message)
      this.exitCode = 1
      return
    }
    const { size: bytes } = await stat(path)
    const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(3))
    if (this.json) this.logger.log(JSON.stringify({ path, engine, bytes, seconds }))
    else this.logger.success(`${path}: ${bytes} bytes in ${seconds} s`)
  }

  #defaultPath(engine: 'sqlite' | 'postgres') {
    const time = new Date().toISOString().replace(/[:.]/g, '-')
    const extension = engine === 'sqlite' ? 'sqlite3' : 'dump'
    return this.app.makePath(`storage/backups/${time}.${extension}`)
  }

  async #copySqlite(path: string) {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { default: Sqlite } = await import('better-sqlite3')
    // One read transaction: what is committed meanwhile is not in the copy, and nothing waits.
    await db.rawQuery('VACUUM INTO ?', [path])
    const copy = new Sqlite(path, { readonly: true })
    try {
      const found = copy.pragma('integrity_check', { simple: true })
      const orphans = copy.pragma('foreign_key_check') as unknown[]
      if (found !== 'ok') throw new BackupFailed(`The copy is not sound: ${found}`)
      if (orphans.length) throw new BackupFailed(`The copy has ${orphans.length} broken references`)
    } finally {
      copy.close()
    }
  }

  async #dumpPostgres(path: string) {
    const { default: env } = await import('#start/env')
    const url = new URL(env.get('PG_URL') as string)
    const password = decodeURIComponent(url.password)
    // A command line can be read by everybody on the machine.
    url.password = ''
    const options = ['--format=custom', '--no-owner', `--file=${path}`, `--dbname=${url.href}`]
    const dump = spawn('pg_dump', options, {
      env: { ...process.env, ...(password && { PGPASSWORD: password }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let complaint = ''
    dump.stderr.on('data', (chunk) => (complaint = (complaint + chunk).slice(-2000)))
    const [code] = await once(dump, 'close').catch((error) => {
      if (error.code !== 'ENOENT') throw error
      throw new BackupFailed(
        'pg_dump is not here: install the PostgreSQL client of the server’s version or a newer one.'
      )
    })
    if (code !== 0) throw new BackupFailed(`pg_dump failed: ${complaint.trim()}`)
  }
}

/** Until a file or folder is flushed, a power cut may take it back. */
async function flush(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isFileError = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && 'code' in error
