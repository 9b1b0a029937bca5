import { idText, object, required, text } from '#app/gateway/adapter/json'

/** What an authorisation or a renewal brings. Plain tokens: never logged, kept or sent on. */
export interface Grant {
  accessToken: string
  /** Null where the provider gives none: such a connection ends with its access token. */
  refreshToken: string | null
  lifeSeconds: number
  /** The provider's user; some renewals leave it out. */
  userId: string | null
  publicKey: string | null
  scopes: string | null
  liveMode: boolean | null
}

/**
 * The provider's answer with tokens in it. One without a lifetime is an error, not a guess.
 * @throws TypeError
 */
export function readGrant(answer: unknown): Grant {
  const found = object(answer)
  const lifeSeconds = found.expires_in
  if (typeof lifeSeconds !== 'number' || !Number.isSafeInteger(lifeSeconds) || lifeSeconds <= 0) {
    throw new TypeError('expires_in is missing')
  }
  return {
    accessToken: required(text(found.access_token), 'access_token'),
    refreshToken: text(found.refresh_token),
    lifeSeconds,
    userId: idText(found.user_id),
    publicKey: text(found.public_key),
    scopes: text(found.scope),
    liveMode: typeof found.live_mode === 'boolean' ? found.live_mode : null,
  }
}
