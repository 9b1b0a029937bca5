import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import {
  PLATFORM_CLIENT_ID,
  PLATFORM_CLIENT_SECRET,
  PLATFORM_WEBHOOK_SECRET,
} from '../../app/simulator/scenario.js'

/** What stops the demo, in one sentence for whoever started it. */
export class DemoRefused extends Error {}

export interface DemoOptions {
  port?: number
  simulatorPort?: number
  fresh: boolean
}

const portOf = (text: string | undefined, flag: string) => {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new DemoRefused(`${flag} needs a number from 1 to 65535.`)
}

/** @throws DemoRefused */
export function readOptions(args: string[]): DemoOptions {
  const text = { type: 'string' } as const
  const options = { 'port': text, 'simulator-port': text, 'fresh': { type: 'boolean' } } as const
  try {
    const { values } = parseArgs({ args, options })
    return {
      port: portOf(values.port, '--port'),
      simulatorPort: portOf(values['simulator-port'], '--simulator-port'),
      fresh: values.fresh ?? false,
    }
  } catch (error) {
    if (error instanceof DemoRefused) throw error
    throw new DemoRefused(
      'The demo knows --port <number>, --simulator-port <number> and --fresh, as in: npm run demo -- --fresh'
    )
  }
}

const secret = () => randomBytes(32).toString('base64url')

const newEnv = (
  port: number,
  simulatorPort: number
) => `# Made by npm run demo. The keys are this machine's own; a lost key is lost data.
NODE_ENV=development
HOST=127.0.0.1
PORT=${port}
LOG_LEVEL=warn
APP_KEY=${secret()}
APP_URL=http://127.0.0.1:${port}
CREDENTIAL_KEYS=k1:${secret()}
DB_CONNECTION=sqlite
DEMO=true
WORKER=inline

# The simulator stands in for Mercado Pago, and the demo's calendar is its clock.
MERCADOPAGO_API_URL=http://127.0.0.1:${simulatorPort}
MERCADOPAGO_AUTH_URL=http://127.0.0.1:${simulatorPort}
MERCADOPAGO_CLIENT_ID=${PLATFORM_CLIENT_ID}
MERCADOPAGO_CLIENT_SECRET=${PLATFORM_CLIENT_SECRET}
MERCADOPAGO_WEBHOOK_SECRETS=${PLATFORM_WEBHOOK_SECRET}
CLOCK_URL=http://127.0.0.1:${simulatorPort}/_simulator/clock
`

/**
 * The demo's settings: of `.env`, which is made when it is missing, with the ports that were asked for.
 * @throws DemoRefused when `.env` belongs to something else.
 */
export function readSettings(path: string, options: DemoOptions) {
  if (!existsSync(path)) {
    writeFileSync(path, newEnv(options.port ?? 3333, options.simulatorPort ?? 4010), {
      mode: 0o600,
    })
  }
  const kept = parseEnv(readFileSync(path, 'utf8'))
  if (kept.DEMO !== 'true' || kept.NODE_ENV === 'production') {
    throw new DemoRefused(
      'The .env here is not the demo’s (DEMO=true): move it away, and the demo makes one of its own.'
    )
  }
  const port = options.port ?? Number(kept.PORT)
  const simulatorPort = options.simulatorPort ?? Number(new URL(kept.MERCADOPAGO_API_URL!).port)
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
  const appUrl = `http://127.0.0.1:${port}`
  const env: Record<string, string | undefined> = {
    // An .env of an older demo does not name the application yet.
    MERCADOPAGO_CLIENT_ID: PLATFORM_CLIENT_ID,
    MERCADOPAGO_CLIENT_SECRET: PLATFORM_CLIENT_SECRET,
    ...kept,
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: appUrl,
    MERCADOPAGO_API_URL: simulatorUrl,
    MERCADOPAGO_AUTH_URL: simulatorUrl,
    CLOCK_URL: `${simulatorUrl}/_simulator/clock`,
    DB_CONNECTION: 'sqlite',
  }
  return { port, simulatorPort, appUrl, simulatorUrl, env }
}
