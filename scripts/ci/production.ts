/**
 * Boots a production build as a machine that has Node 24 and nothing else: production.ts <folder>, where
 * `npm ci --omit=dev` was done. On SQLite; with DB_CONNECTION=pg on the empty database at PG_URL, and
 * then with the worker in a process of its own.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { freePort } from '../../tests/support/free_port.js'
import { exitOnSignals, start, until, type Program } from './program.js'
import { Visitor } from './visitor.js'

exitOnSignals()
const folder = process.argv[2]
const onPostgres = process.env.DB_CONNECTION === 'pg'
const admin = { email: 'ci@example.com', password: randomBytes(12).toString('hex') }
const port = await freePort()
const visitor = new Visitor(`http://127.0.0.1:${port}`)
const secret = () => randomBytes(32).toString('base64url')

const env = {
  PATH: dirname(process.execPath),
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: String(port),
  APP_URL: visitor.origin,
  APP_KEY: secret(),
  CREDENTIAL_KEYS: `k1:${secret()}`,
  ...(onPostgres && { DB_CONNECTION: 'pg', PG_URL: process.env.PG_URL, WORKER: 'off' }),
}

const node = (...args: string[]): Program => start('node', args, { cwd: folder, env })

async function ace(args: string[], input = '') {
  console.log(`node ace.js ${args.join(' ')}`)
  const program = node('ace.js', ...args)
  program.stdin.end(input)
  await program.succeeded()
}

/** Readiness needs a worker that lives, so it comes a little after the server. */
async function answers(program: Program) {
  const isReady = async () => {
    if (!program.isRunning()) await program.succeeded()
    return visitor.send('/health/ready').then(
      ({ status }) => status === 200,
      () => false
    )
  }
  await until(isReady, () => `It was never ready:\n${program.output()}`)
  assert.equal(await visitor.page('/health/live'), '{"status":"ok"}')
}

/** @returns its type, e.g. "text/css". */
async function asset(path: string) {
  const answer = await visitor.send(path)
  const text = await answer.text()
  assert.equal(answer.status, 200, path)
  assert.notEqual(text, '', path)
  console.log(path, text.length)
  return answer.headers.get('content-type')?.split(';')[0]
}

async function servesPages() {
  const html = await visitor.page('/login')
  assert.doesNotMatch(html, /translation missing/)
  const assets = new Set(html.match(/\/assets\/[^"']+/g))
  const types = new Set(await Promise.all([...assets].map(asset)))
  assert.deepEqual(types, new Set(['text/css', 'text/javascript']))
  await visitor.logIn(admin.email, admin.password)
  await visitor.page('/admin')
}

async function endsWell(program: Program) {
  program.terminate()
  await program.succeeded()
  const errors = program
    .output()
    .split('\n')
    .filter((line) => /"level":[56]0/.test(line))
  assert.deepEqual(errors, [], 'it logged errors')
}

await ace(['migration:run', '--force'])
const { email, password } = admin
await ace(['admin:create', '--email', email, '--name', 'Ci', '--password-stdin'], password)
const programs = [node('bin/server.js')]
if (onPostgres) programs.push(node('ace.js', 'work'))
await answers(programs[0])
await servesPages()
for (const program of programs) await endsWell(program)
console.log(`booted, served, ended with 0 on ${onPostgres ? 'PostgreSQL' : 'SQLite'}`)
