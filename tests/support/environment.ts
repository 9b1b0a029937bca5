import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  PLATFORM_CLIENT_ID,
  PLATFORM_CLIENT_SECRET,
  PLATFORM_WEBHOOK_SECRET,
} from '../../app/simulator/scenario.js'
import { freePort } from './free_port.js'
import { testDatabaseUrl } from './postgres.js'

/**
 * The whole environment of a test run, set before anything reads it. Nothing comes from `.env` or
 * from the caller's shell but the choice of the engine, `TEST_PG_URL` and `LOG_LEVEL`.
 */
const folder = mkdtempSync(join(tmpdir(), 'repasse-test-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}

const onPostgres = process.argv.includes('--pg') || process.env.DB_CONNECTION === 'pg'

const port = await freePort()
const simulatorPort = await freePort()
const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
const pgUrl = onPostgres ? await testDatabaseUrl() : undefined

const settings: Record<string, string | undefined> = {
  NODE_ENV: 'test',
  // Where the framework looks for .env files: a folder that holds none.
  ENV_PATH: folder,
  TEST_FOLDER: folder,
  TZ: 'UTC',
  HOST: '127.0.0.1',
  PORT: String(port),
  LOG_LEVEL: process.env.LOG_LEVEL || 'silent',
  APP_KEY: 'test-app-key-0123456789abcdefghijklmnop',
  APP_URL: `http://127.0.0.1:${port}`,
  CREDENTIAL_KEYS:
    'test2:second-credential-key-0123456789abcde,test1:first-credential-key-0123456789abcdef',
  DB_CONNECTION: onPostgres ? 'pg' : 'sqlite',
  SQLITE_PATH: onPostgres ? undefined : join(folder, 'repasse_test.sqlite3'),
  PG_URL: pgUrl,
  MERCADOPAGO_API_URL: simulatorUrl,
  MERCADOPAGO_AUTH_URL: simulatorUrl,
  MERCADOPAGO_CLIENT_ID: PLATFORM_CLIENT_ID,
  MERCADOPAGO_CLIENT_SECRET: PLATFORM_CLIENT_SECRET,
  MERCADOPAGO_WEBHOOK_SECRETS: PLATFORM_WEBHOOK_SECRET,
  MAIL_FROM: undefined,
  SMTP_HOST: undefined,
  WORKER: 'off',
  CLOCK_URL: undefined,
  DEMO: undefined,
}

for (const [name, value] of Object.entries(settings)) {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
