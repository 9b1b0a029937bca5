import { spawn, spawnSync, type ChildProcess, type SpawnSyncOptions } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free_port.js'

const DEBIAN_ROOT = '/usr/lib/postgresql'
const START_TIMEOUT_MS = 30_000

/** The folder of the newest PostgreSQL of this machine. @throws Error that says what to install. */
function binaries(): string {
  const versions = existsSync(DEBIAN_ROOT) ? readdirSync(DEBIAN_ROOT) : []
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a))
  const folders = [
    ...newestFirst.map((version) => join(DEBIAN_ROOT, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')))
  if (!found) {
    throw new Error(
      'No PostgreSQL here. Set TEST_PG_URL, or install it (Debian: apt-get install postgresql).'
    )
  }
  return found
}

/** PostgreSQL refuses to run as root: whom it runs as then. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

function run(program: string, args: string[], options: SpawnSyncOptions) {
  const { status, stderr } = spawnSync(program, args, { ...options, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
}

async function untilReady(bin: string, port: number, server: ChildProcess, log: () => string) {
  const giveUpAt = Date.now() + START_TIMEOUT_MS
  while (server.exitCode === null && Date.now() < giveUpAt) {
    const probe = ['-h', '127.0.0.1', '-p', String(port), '-U', 'repasse', '-q']
    if (spawnSync(join(bin, 'pg_isready'), probe).status === 0) return
    await sleep(100)
  }
  throw new Error(`PostgreSQL did not start: ${log()}`)
}

/**
 * Starts a PostgreSQL of this run in a temporary folder; it ends, and the folder goes, with the
 * process. Nothing in it is worth a flush to disk.
 * @returns the URL of an empty database.
 */
async function startPostgres(): Promise<string> {
  const bin = binaries()
  const user = owner()
  const folder = mkdtempSync(join(tmpdir(), 'repasse-pg-'))
  const data = join(folder, 'data')
  const port = await freePort()
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  if (user) chownSync(folder, user.uid, user.gid)
  // Its programs refuse a working directory that their user may not enter, as one below /root.
  const as = { ...user, cwd: folder }

  const login = ['--auth=trust', '--username=repasse', '--encoding=UTF8', '--locale=C']
  run(join(bin, 'initdb'), ['-D', data, ...login, '--no-sync'], as)
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'jit=off']
  const server = spawn(
    join(bin, 'postgres'),
    [
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    // Its own process group: a Ctrl-C reaches this process first, which then stops it.
    { ...as, detached: true, stdio: ['ignore', 'ignore', 'pipe'] }
  )
  let log = ''
  server.stderr.on('data', (chunk) => (log = (log + chunk).slice(-4000)))
  process.prependListener('exit', () => {
    if (server.exitCode === null) {
      spawnSync(join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate', '-w'], as)
    }
  })
  await untilReady(bin, port, server, () => log)
  server.unref()
  const stderr = server.stderr as typeof server.stderr & { unref?: () => void }
  stderr.unref?.()
  const target = ['-h', '127.0.0.1', '-p', String(port), '-U', 'repasse']
  run(join(bin, 'createdb'), [...target, 'repasse_test'], as)
  return `postgres://repasse@127.0.0.1:${port}/repasse_test`
}

/** @throws Error for a database that might hold somebody's data. */
function assertTestDatabase(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  if (!name.endsWith('_test')) {
    throw new Error(`Tests empty their database: the name of "${name}" must end in _test.`)
  }
  return url
}

/** The database at `TEST_PG_URL`, else one that is started. @throws Error that says what to do. */
export const testDatabaseUrl = async (): Promise<string> =>
  process.env.TEST_PG_URL ? assertTestDatabase(process.env.TEST_PG_URL) : startPostgres()
