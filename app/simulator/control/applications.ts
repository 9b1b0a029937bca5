import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { inputOf, text, url } from './input.js'
import { Problem } from './problem.js'

const NAMES = ['client_id', 'client_secret', 'webhook_url', 'webhook_secret'] as const

export const listApplications: Handler = (sim) => json(200, sim.accounts.applications())

/** A `webhook_url` or `webhook_secret` of null switches it off. */
export const updateApplication: Handler = (sim, call) => {
  const { id } = call.params
  const application = sim.accounts.application(id)
  if (!application) throw new Problem(404, `there is no application ${id}`)
  const input = inputOf(call, NAMES)
  const clientId = text(input, 'client_id') ?? id
  if (clientId !== id && sim.accounts.application(clientId)) {
    throw new Problem(409, `application ${clientId} exists`)
  }
  const changed = {
    ...application,
    client_id: clientId,
    client_secret: text(input, 'client_secret') ?? application.client_secret,
    webhook_url:
      'webhook_url' in input ? (url(input, 'webhook_url') ?? null) : application.webhook_url,
    webhook_secret:
      'webhook_secret' in input
        ? (text(input, 'webhook_secret') ?? null)
        : application.webhook_secret,
  }
  const saved =
    clientId === id
      ? sim.accounts.saveApplication(changed)
      : sim.store.transaction(() => sim.accounts.renameApplication(id, changed))
  return json(200, saved)
}
