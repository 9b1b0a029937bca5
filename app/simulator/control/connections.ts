import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { SentBack, approve, readAuthorization } from '../oauth/authorization.js'
import type { Grant } from '../oauth/grant.js'
import { CHALLENGE_METHODS } from '../oauth/pkce.js'
import { unlink } from '../oauth/link.js'
import { isoTime } from '../time.js'
import { inputOf, integer, oneOf, text } from './input.js'
import { accountOf } from './movements.js'
import { Problem } from './problem.js'

const NAMES = [
  'account_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const

function view(grant: Grant) {
  return {
    client_id: grant.clientId,
    account_id: grant.accountId,
    scope: grant.scope,
    live_mode: grant.liveMode,
    linked_at: isoTime(grant.linkedAt),
    renewed_at: isoTime(grant.renewedAt),
    renewable_until: grant.refreshToken ? isoTime(grant.refreshUntil) : null,
  }
}

export const listControlledConnections: Handler = (sim, call) =>
  json(200, sim.grants.of(accountOf(sim, call).id).map(view))

/** What a seller does on the consent page, who allows it: the code, and where it would go. */
export const storeConsent: Handler = (sim, call) => {
  const application = sim.accounts.application(call.params.id)
  if (!application) throw new Problem(404, `there is no application ${call.params.id}`)
  const input = inputOf(call, NAMES)
  const account = sim.accounts.find(integer(input, 'account_id', 1) ?? 0)
  if (!account) throw new Problem(400, 'account_id is needed')
  const params = new URLSearchParams({
    client_id: application.client_id,
    response_type: 'code',
    platform_id: 'mp',
    redirect_uri: text(input, 'redirect_uri') ?? application.redirect_uris?.[0] ?? '',
  })
  const optional = {
    state: text(input, 'state'),
    code_challenge: text(input, 'code_challenge'),
    code_challenge_method: oneOf(input, 'code_challenge_method', CHALLENGE_METHODS),
  }
  for (const [name, value] of Object.entries(optional)) if (value) params.set(name, value)
  try {
    const redirectTo = approve(sim, readAuthorization(sim, params), account)
    const code = new URL(redirectTo).searchParams.get('code')
    return json(201, { code, redirect_to: redirectTo })
  } catch (error) {
    if (error instanceof SentBack) throw new Problem(400, `it would be sent to ${error.location}`)
    throw error
  }
}

/** The seller takes its leave back; answers when the application was told. */
export const destroyConnection: Handler = async (sim, call) => {
  unlink(sim, call.params.clientId, accountOf(sim, call).id)
  await sim.catchUp()
  return { status: 204, headers: {}, body: '' }
}
