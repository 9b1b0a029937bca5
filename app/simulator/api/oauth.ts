import { newAccessToken } from '../accounts/credentials.js'
import { formBody, header, jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import type { AccessToken, Grant } from '../oauth/grant.js'
import { TOKEN_LIFE_MS, link, renew, type Issued } from '../oauth/link.js'
import { OAuthRefusal } from '../oauth/oauth_refusal.js'
import { answers } from '../oauth/pkce.js'
import type { Simulator } from '../simulator.js'
import type { Application } from '../store/accounts.js'
import { HOUR_MS, SECOND_MS } from '../time.js'

const OWN_TOKEN_LIFE_MS = 6 * HOUR_MS

const PARAMETERS = [
  'client_id',
  'client_secret',
  'grant_type',
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'test_token',
  'scope',
  'state',
]
const SCOPES = ['offline_access', 'read', 'write']

type Parameters = Record<string, string>

function given(call: Call): [string, unknown][] {
  const type = header(call, 'content-type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return [...formBody(call)]
  const body = jsonBody(call)
  if (typeof body !== 'object' || body === null) throw new OAuthRefusal('invalid_request')
  return Object.entries(body)
}

/** Throws OAuthRefusal, BodyNotJson. */
function readParameters(call: Call): Parameters {
  const read: Parameters = {}
  for (const [name, value] of given(call)) {
    if (!PARAMETERS.includes(name) || name in read) throw new OAuthRefusal('invalid_request', name)
    if (value === undefined || value === null || value === '') continue
    if (typeof value === 'object') throw new OAuthRefusal('invalid_request', name)
    read[name] = String(value)
  }
  const scopes = read.scope?.split(' ') ?? []
  if (!scopes.every((scope) => SCOPES.includes(scope))) throw new OAuthRefusal('invalid_scope')
  return read
}

function required(parameters: Parameters, name: string): string {
  if (parameters[name] === undefined) throw new OAuthRefusal('invalid_request', name)
  return parameters[name]
}

function authenticatedClient(sim: Simulator, parameters: Parameters): Application {
  const application = sim.accounts.application(required(parameters, 'client_id'))
  const secret = required(parameters, 'client_secret')
  if (application?.client_secret !== secret) throw new OAuthRefusal('invalid_client')
  return application
}

/** A code dies with the first use that its own application makes of it, whatever comes of it. */
function byCode(sim: Simulator, application: Application, parameters: Parameters): Issued {
  const code = sim.grants.code(required(parameters, 'code'))
  const redirectUri = required(parameters, 'redirect_uri')
  if (code?.clientId !== application.client_id) throw new OAuthRefusal('invalid_grant')
  sim.grants.dropCode(code.code)
  if (code.expiresAt <= sim.clock.now()) throw new OAuthRefusal('invalid_grant')
  if (code.redirectUri !== redirectUri) throw new OAuthRefusal('invalid_grant', 'redirect_uri')
  if (code.challenge) {
    const verifier = required(parameters, 'code_verifier')
    if (!answers(code.challenge, verifier)) throw new OAuthRefusal('invalid_grant', 'code_verifier')
  }
  return link(sim, application, code.accountId, parameters.test_token !== 'true')
}

function byRefreshToken(sim: Simulator, application: Application, parameters: Parameters): Issued {
  const grant = sim.grants.byRefreshToken(required(parameters, 'refresh_token'))
  if (grant?.clientId !== application.client_id) throw new OAuthRefusal('invalid_grant')
  if (grant.refreshUntil <= sim.clock.now()) throw new OAuthRefusal('invalid_grant')
  if (application.offline_access === false) throw new OAuthRefusal('unauthorized_client')
  return renew(sim, grant)
}

/** The application's owner, by the application's own credentials: nobody to ask, nothing to renew. */
function ownToken(sim: Simulator, application: Application): AccessToken {
  const at = sim.clock.now()
  const { client_id: clientId, owner_id: accountId } = application
  if (!sim.accounts.find(accountId)) throw new OAuthRefusal('unauthorized_client')
  const token: AccessToken = {
    token: newAccessToken(clientId, accountId, at),
    clientId,
    accountId,
    grantType: 'client_credentials',
    liveMode: true,
    expiresAt: at + OWN_TOKEN_LIFE_MS,
  }
  sim.grants.saveToken(token)
  return token
}

function tokenView(token: AccessToken, lifeMs: number) {
  return { access_token: token.token, token_type: 'bearer', expires_in: lifeMs / SECOND_MS }
}

function grantView({ grant, token }: { grant: Grant; token: AccessToken }) {
  return {
    ...tokenView(token, TOKEN_LIFE_MS),
    scope: grant.scope,
    user_id: grant.accountId,
    ...(grant.refreshToken && { refresh_token: grant.refreshToken }),
    public_key: grant.publicKey,
    live_mode: grant.liveMode,
  }
}

function ownTokenView(sim: Simulator, token: AccessToken) {
  return {
    ...tokenView(token, OWN_TOKEN_LIFE_MS),
    scope: 'read write',
    user_id: token.accountId,
    public_key: sim.accounts.find(token.accountId)!.public_key,
    live_mode: true,
  }
}

export const storeToken: Handler = (sim, call) => {
  const parameters = readParameters(call)
  const grantType = required(parameters, 'grant_type')
  const application = authenticatedClient(sim, parameters)
  if (grantType === 'authorization_code') {
    return json(200, grantView(byCode(sim, application, parameters)))
  }
  if (grantType === 'refresh_token') {
    const issued = sim.store.transaction(() => byRefreshToken(sim, application, parameters))
    return json(200, grantView(issued))
  }
  if (grantType === 'client_credentials') {
    return json(200, ownTokenView(sim, ownToken(sim, application)))
  }
  throw new OAuthRefusal('unsupported_grant_type')
}

export const oauthRoutes: Routes = { 'POST /oauth/token': storeToken }

/** Whom a token call is about: the account that its code or refresh token ends with. */
export function subjectOfToken(call: Call, route: string): number | null {
  if (!(route in oauthRoutes)) return null
  return Number(/TG-[0-9a-f]+-(\d+)/.exec(call.body)?.[1] ?? 0) || null
}
