import { OAuth } from 'mercadopago'
import mercadopago from '#config/mercadopago'
import { ApplicationNotSet } from '#app/gateway/gateway_errors'
import { ProviderOutcomeUnknown } from '#app/gateway/provider_errors'
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
