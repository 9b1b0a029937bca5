import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PASSWORD, logins, sellers, tenant } from '../database/demo/world.js'
import { assertFree, run, start, stop } from '../scripts/demo/processes.js'
import { DemoRefused, readOptions, readSettings } from '../scripts/demo/settings.js'
import { PLATFORM_CLIENT_ID } from '../app/simulator/scenario.js'

/**
 * The whole product on this machine: app, worker and a Mercado Pago of its own. Everything it keeps
 * is in `.env` and `storage/`.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url))
const at = (path: string) => join(ROOT, path)
const TYPESCRIPT = ['--import', '@poppinss/ts-exec']
const ACE = [...TYPESCRIPT, at('bin/console.ts')]
const PID_FILE = at('storage/demo.pid')

process.chdir(ROOT)
const running: ChildProcess[] = []
/** What a seed that was cut off would leave half done. */
let unfinished: string[] = []

/** The app first: what it still has to say, the simulator must hear. */
async function end(code: number) {
  for (const child of running.splice(0).reverse()) await stop(child)
  for (const path of unfinished) rmSync(path, { force: true })
  process.exit(code)
}

/** Two apps on one SQLite file would be two writers. */
function assertAlone() {
  const other = existsSync(PID_FILE) ? Number(readFileSync(PID_FILE, 'utf8')) : 0
  try {
    if (other) process.kill(other, 0)
  } catch {
    rmSync(PID_FILE)
  }
  if (existsSync(PID_FILE)) {
    throw new DemoRefused(`The demo is running already, as process ${other}: end that one first.`)
  }
  writeFileSync(PID_FILE, String(process.pid))
  process.once('exit', () => rmSync(PID_FILE, { force: true }))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void end(0))
}

/** Both databases: the one knows the other's ids. */
const databases = (sqlitePath = 'storage/repasse.sqlite3') =>
  [sqlitePath, 'storage/simulator.sqlite3'].flatMap((path) =>
    ['', '-wal', '-shm'].map((suffix) => at(path + suffix))
  )

async function call(url: string, method: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new DemoRefused(`${method} ${url} answered ${answer.status}.`)
}

/** Accounts that the tenant's owner may connect; a store that resumes has them already. */
async function addSellers(simulatorUrl: string) {
  const url = `${simulatorUrl}/_simulator/accounts`
  const answer = await fetch(url)
  const known = (await answer.json()) as { id: number }[]
  for (const seller of sellers) {
    if (!known.some(({ id }) => id === seller.id)) await call(url, 'POST', seller)
  }
}

const line = (label: string, text: string) => console.log(`  ${label.padEnd(16)}${text}`)

function tell(appUrl: string, simulatorUrl: string) {
  console.log('\nRepasse is running, with a simulator in place of Mercado Pago.\n')
  line('app', appUrl)
  line('simulator', simulatorUrl)
  line('mails', `${appUrl}/dev/mails`)
  console.log(`\nLog in (the password is always ${PASSWORD})\n`)
  for (const { role, email } of Object.values(logins)) line(role, email)
  console.log(`
What to try first

  1. As the owner, open "Sabonetes artesanais" at ${appUrl}/t/${tenant.slug}/receivables
     and issue its boleto. Open the boleto's document and pay it: the receivable is paid,
     and the balance has grown by the amount less Mercado Pago's charge and 1 %.
  2. Move time: ${simulatorUrl}/clock, 30 days. The money becomes available.
  3. As the owner, name a payout destination and request a payout; in another browser, as the
     platform admin, approve it and mark it paid at ${appUrl}/admin/payouts
  4. As the owner, connect an account of your own at ${appUrl}/t/${tenant.slug}/gateway
     and choose ${sellers.map(({ nickname }) => nickname).join(' or ')} on the simulator's page. New charges
     are paid into it, and the platform's fee is split off.
  5. npm run ace -- ledger:verify

Ctrl-C ends both. The data stays in storage/; npm run demo -- --fresh starts over.
`)
}

async function demo() {
  const options = readOptions(process.argv.slice(2))
  const { port, simulatorPort, appUrl, simulatorUrl, env } = readSettings(at('.env'), options)
  await assertFree(port, '--port')
  await assertFree(simulatorPort, '--simulator-port')
  assertAlone()
  const files = databases(env.SQLITE_PATH)
  if (options.fresh) files.forEach((path) => rmSync(path, { force: true }))
  if (!existsSync(files[0])) unfinished = files

  console.log('Preparing: pages, database, simulator…')
  const { buildAssets } = await import('../scripts/build_assets.js')
  await buildAssets()
  const simulatorFlags = ['--port', String(simulatorPort), '--app-url', appUrl]
  running.push(
    await start([...ACE, 'simulator', ...simulatorFlags], env, `${simulatorUrl}/_simulator/clock`)
  )
  // A store that was made with another port still tells that one.
  const application = `${simulatorUrl}/_simulator/applications/${PLATFORM_CLIENT_ID}`
  await call(application, 'PATCH', {
    webhook_url: `${appUrl}/webhooks/mercadopago`,
    redirect_uris: [`${appUrl}/tenant/gateway/callback`],
    pkce: true,
  })
  await addSellers(simulatorUrl)
  await run([...ACE, 'migration:run', '--force'], env)
  await run([...ACE, 'db:seed', '--files', 'database/seeders/demo_seeder.ts'], env)
  unfinished = []
  running.push(await start([...TYPESCRIPT, at('bin/server.ts')], env, `${appUrl}/health/live`))
  await call(`${simulatorUrl}/_simulator/deliveries/flush`, 'POST', {})
  for (const child of running) {
    child.once('exit', () => {
      if (running.length === 0) return
      console.error('One of the two processes has ended; the demo ends with it.')
      void end(1)
    })
  }
  tell(appUrl, simulatorUrl)
}

try {
  await demo()
} catch (error) {
  console.error(error instanceof DemoRefused ? error.message : error)
  await end(1)
}
