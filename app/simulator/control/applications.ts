import { randomBytes, randomInt } from 'node:crypto'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import type { Application } from '../store/accounts.js'
import { boolean, inputOf, integer, text, url, type Input } from './input.js'
import { Problem } from './problem.js'

const NAMES = [
  'client_id',
  'client_secret',
  'name',
  'webhook_url',
  'webhook_secret',
  'redirect_uris',
  'pkce',
  'offline_access',
  'legacy_ipn',
] as const

export const listApplications: Handler = (sim) => json(200, sim.accounts.applications())

function readRedirects(input: Input): string[] | undefined {
  const { redirect_uris: uris } = input
  if (uris === undefined) return undefined
  if (!Array.isArray(uris)) throw new Problem(400, 'redirect_uris must be a list')
  return uris.map((uri) => url({ redirect_uris: uri }, 'redirect_uris') ?? '')
}

/** Only what `input` names. Throws Problem. */
function readChanges(input: Input): Partial<Application> {
  const read: Partial<Application> = {
    client_id: text(input, 'client_id'),
    client_secret: text(input, 'client_secret'),
    name: text(input, 'name'),
    redirect_uris: readRedirects(input),
    pkce: boolean(input, 'pkce'),
    offline_access: boolean(input, 'offline_access'),
    legacy_ipn: boolean(input, 'legacy_ipn'),
  }
  if ('webhook_url' in input) read.webhook_url = url(input, 'webhook_url') ?? null
  if ('webhook_secret' in input) read.webhook_secret = text(input, 'webhook_secret') ?? null
  const given = Object.entries(read).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given)
}

export const storeApplication: Handler = (sim, call) => {
  const input = inputOf(call, [...NAMES, 'owner_id'])
  const ownerId = integer(input, 'owner_id', 1)
  if (!ownerId || !sim.accounts.find(ownerId)) {
    throw new Problem(400, 'owner_id must be that of an account')
  }
  const clientId = text(input, 'client_id') ?? `${1e15 + randomInt(2 ** 47)}`
  if (sim.accounts.application(clientId)) throw new Problem(409, `application ${clientId} exists`)
  const application: Application = {
    client_secret: randomBytes(16).toString('hex'),
    name: `Application ${clientId}`,
    owner_id: ownerId,
    webhook_url: null,
    webhook_secret: randomBytes(32).toString('hex'),
    redirect_uris: [],
    pkce: false,
    offline_access: true,
    legacy_ipn: false,
    ...readChanges(input),
    client_id: clientId,
  }
  return json(201, sim.accounts.saveApplication(application))
}

/** A `webhook_url` or `webhook_secret` of null switches it off. Throws Problem. */
export function changeApplication(sim: Simulator, id: string, input: Input): Application {
  const application = sim.accounts.application(id)
  if (!application) throw new Problem(404, `there is no application ${id}`)
  const changed = { ...application, ...readChanges(input) }
  if (changed.client_id === id) return sim.accounts.saveApplication(changed)
  if (sim.accounts.application(changed.client_id)) {
    throw new Problem(409, `application ${changed.client_id} exists`)
  }
  return sim.store.transaction(() => sim.accounts.renameApplication(id, changed))
}

export const updateApplication: Handler = (sim, call) =>
  json(200, changeApplication(sim, call.params.id, inputOf(call, NAMES)))
