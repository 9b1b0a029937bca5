import { OAuth } from 'mercadopago'
import mercadopago from '#config/mercadopago'
import { ApplicationNotSet } from '#app/gateway/gateway_errors'
import {
  ProviderCredentialRefused,
  ProviderOutcomeUnknown,
  ProviderRefused,
  ProviderUnreadable,
} from '#app/gateway/provider_errors'
import { readGrant, type Grant } from '#app/gateway/tokens/grant'
import { callOnce } from './call.js'
import { providerError } from './errors.js'

/**
 * The id and the secret of the platform's application at the provider.
 * @throws ApplicationNotSet
 */
export function application(): { clientId: string; clientSecret: string } {
  const { clientId, clientSecret } = mercadopago
  if (!clientId || !clientSecret) throw new ApplicationNotSet()
  return { clientId, clientSecret: clientSecret.release() }
}

/**
 * A new pair of tokens for the one use of a refresh token.
 * @param accessToken the one that is replaced; it may be dead
 * @throws ProviderError; ApplicationNotSet
 */
export async function renewGrant(refreshToken: string, accessToken: string): Promise<Grant> {
  const { clientId, clientSecret } = application()
  const body = { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken }
  let answer: unknown
  try {
    answer = await callOnce(accessToken, (config) => new OAuth(config).refresh({ body }))
  } catch (error) {
    throw providerError(error, 'write')
  }
  try {
    return readGrant(answer)
  } catch (error) {
    throw new ProviderOutcomeUnknown(error)
  }
}

/** What it says of an application that is not known, or whose secret is another. */
const REFUSALS = ['invalid_client', 'unauthorized_client']

/** Nobody was given it: the provider looks at who asks before it looks at the code. */
const NO_CODE = 'TG-000000000000000000000000-0'

/**
 * Whether the provider accepts the id and the secret: with them it refuses a code that there is
 * not, else the application. Nothing is changed.
 * @throws ProviderError when its answer tells neither; ApplicationNotSet
 */
export async function isApplicationAccepted(redirectUri: string): Promise<boolean> {
  const { clientId, clientSecret } = application()
  const body = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri }
  try {
    await callOnce('', (config) => new OAuth(config).create({ body: { ...body, code: NO_CODE } }))
  } catch (error) {
    const failure = providerError(error, 'read')
    if (failure instanceof ProviderCredentialRefused) return false
    if (!(failure instanceof ProviderRefused)) throw failure
    if (failure.code === 'invalid_grant') return true
    if (REFUSALS.includes(failure.code)) return false
    throw failure
  }
  throw new ProviderUnreadable('a code that nobody was given')
}
