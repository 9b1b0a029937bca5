import { newTemporaryGrant } from '../accounts/credentials.js'
import { Problem } from '../control/problem.js'
import type { Simulator } from '../simulator.js'
import type { Account, Application } from '../store/accounts.js'
import { MINUTE_MS } from '../time.js'
import type { Challenge } from './grant.js'
import { readChallenge } from './pkce.js'

const CODE_LIFE_MS = 10 * MINUTE_MS

/** What an application asks a seller for. */
export interface AuthorizationRequest {
  application: Application
  redirectUri: string
  state: string | null
  challenge: Challenge | null
}

/** An error that the application is told of at its own address. */
export class SentBack extends Error {
  constructor(readonly location: string) {
    super('the application is told')
  }
}

function addressWith(redirectUri: string, answer: Record<string, string | null>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) {
    if (value !== null) url.searchParams.set(name, value)
  }
  return url.href
}

function readApplication(sim: Simulator, params: URLSearchParams) {
  const application = sim.accounts.application(params.get('client_id') ?? '')
  if (!application) throw new Problem(400, 'client_id: there is no such application')
  const redirectUri = params.get('redirect_uri')
  // Anything but an exact match could send the code to somebody else.
  if (!redirectUri || !application.redirect_uris?.includes(redirectUri)) {
    const known = application.redirect_uris?.join(', ') || 'none'
    throw new Problem(400, `redirect_uri is not one of the application's, which are: ${known}`)
  }
  if (params.get('platform_id') !== 'mp') throw new Problem(400, 'platform_id must be mp')
  return { application, redirectUri }
}

/** Throws Problem for what must stay here, SentBack for what the application must hear. */
export function readAuthorization(sim: Simulator, params: URLSearchParams): AuthorizationRequest {
  const { application, redirectUri } = readApplication(sim, params)
  const state = params.get('state')
  const sentBack = (error: string, description: string) =>
    new SentBack(addressWith(redirectUri, { error, error_description: description, state }))
  if (params.get('response_type') !== 'code') {
    throw sentBack('unsupported_response_type', 'response_type must be code')
  }
  const given = params.get('code_challenge')
  const method = params.get('code_challenge_method')
  const challenge = readChallenge(given, method)
  if (given !== null && !challenge) throw sentBack('invalid_request', 'code_challenge is malformed')
  if (application.pkce && (!challenge || method === null)) {
    throw sentBack('invalid_request', 'code_challenge and code_challenge_method are required')
  }
  return { application, redirectUri, state, challenge }
}

/** Where the seller goes who said yes: good for ten minutes and one use. */
export function approve(sim: Simulator, request: AuthorizationRequest, account: Account): string {
  const code = newTemporaryGrant(account.id)
  sim.grants.saveCode({
    code,
    clientId: request.application.client_id,
    accountId: account.id,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    expiresAt: sim.clock.now() + CODE_LIFE_MS,
  })
  return addressWith(request.redirectUri, { code, state: request.state })
}

export function deny({ redirectUri, state }: AuthorizationRequest): string {
  return addressWith(redirectUri, { error: 'access_denied', state })
}
