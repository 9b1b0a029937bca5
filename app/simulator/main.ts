import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { answerApi } from './api/answer.js'
import { apiRoutes } from './api/routes.js'
import { answerControl } from './control/answer.js'
import { controlRoutes } from './control/routes.js'
import { Router } from './http/router.js'
import { serve } from './http/server.js'
import { answerPage } from './pages/answer.js'
import { answerConsent, consentRoutes } from './pages/authorization.js'
import { pageRoutes } from './pages/routes.js'
import { defaultScenario, type Scenario } from './scenario.js'
import { Simulator } from './simulator.js'
import type { Account, Application } from './store/accounts.js'

export { SELLER_TOKENS } from './data/sellers.js'
export * from './scenario.js'
export { readScenario } from './scenario_file.js'
export { describeStartFailure } from './start_failure.js'

export const DEFAULT_PORT = 4010

const TICK_MS = 250

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** Default `127.0.0.1`. */
  host?: string
  /** An SQLite file that keeps the state, or `:memory:`, the default. */
  file?: string
  /** Used while the store is empty. */
  scenario?: Scenario
  /** Where the app answers: replaces the origin of the scenario's webhook addresses. */
  appUrl?: string
  /** How long a receiver of notifications may take, real milliseconds; default 22 s. */
  acknowledgeWithinMs?: number
}

export interface RunningSimulator {
  url: string
  port: number
  accounts: Account[]
  applications: Application[]
  /** Goes on with what its file held: the scenario waits for a reset. */
  resumed: boolean
  close(): Promise<void>
}

export class SimulatorRefusesProduction extends Error {
  constructor() {
    super('the simulator does not start with NODE_ENV=production: its money is not real')
  }
}

function at(appUrl: string | undefined, scenario: Scenario): Scenario {
  if (appUrl === undefined) return scenario
  const moved = (url: string) => new URL(url.slice(new URL(url).origin.length), appUrl).href
  const applications = scenario.applications.map((application) => ({
    ...application,
    webhook_url: application.webhook_url && moved(application.webhook_url),
    redirect_uris: application.redirect_uris?.map(moved),
  }))
  return { ...scenario, applications }
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/**
 * Starts a Mercado Pago of its own. Throws SimulatorRefusesProduction, StoreFromAnotherVersion,
 * and what listening throws, such as EADDRINUSE.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  if (process.env.NODE_ENV === 'production') throw new SimulatorRefusesProduction()
  const { port = 0, host = '127.0.0.1', file = ':memory:', scenario = defaultScenario } = options
  const sim = new Simulator(file, at(options.appUrl, scenario))
  sim.dispatcher.timeoutMs = options.acknowledgeWithinMs ?? sim.dispatcher.timeoutMs
  const router = new Router()
    .add(apiRoutes, answerApi)
    .add(controlRoutes, answerControl)
    .add(consentRoutes, answerConsent)
    .add(pageRoutes, answerPage)
  const server = serve(sim, router)
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    sim.store.close()
    throw error
  }
  const bound = (server.address() as AddressInfo).port
  sim.url = `http://${reachable(host)}:${bound}`
  const ticking = setInterval(() => sim.catchUp().catch(process.emitWarning), TICK_MS).unref()

  return {
    url: sim.url,
    port: bound,
    accounts: sim.accounts.list(),
    applications: sim.accounts.applications(),
    resumed: sim.resumed,
    async close() {
      clearInterval(ticking)
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await Promise.all([closed, sim.dispatcher.stop()])
      sim.store.close()
    },
  }
}
