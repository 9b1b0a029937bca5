import type { DateTime } from 'luxon'

const HOUR = 3600
const DAY = 24 * HOUR

interface Renewal {
  /** So long before its end the schedule renews a token. */
  aheadSeconds: number
  /** And up to so much earlier, so that not all are due at once. */
  jitterSeconds: number
  /** With less left, a call renews it before it uses it. */
  inlineSeconds: number
}

/**
 * How the credentials of a provider live. Another provider's tokens are another line here and no
 * new table.
 */
export const mechanisms = {
  /** Months, and the refresh token dies with the access token: Mercado Pago. */
  oauth_long: {
    renewal: { aheadSeconds: 31 * DAY, jitterSeconds: 3 * DAY, inlineSeconds: DAY },
    replaceAfterDays: null,
  },
  /** About an hour: renewed whenever it is used late. */
  oauth_short: {
    renewal: { aheadSeconds: 10 * 60, jitterSeconds: 60, inlineSeconds: 5 * 60 },
    replaceAfterDays: null,
  },
  /** Never ends by itself, so its age is watched: whoever finds an old one can use it for ever. */
  static_key: { renewal: null, replaceAfterDays: 365 },
} as const satisfies Record<string, { renewal: Renewal | null; replaceAfterDays: number | null }>

export type MechanismName = keyof typeof mechanisms

/** Long ones live well beyond the time in which they are renewed. */
export const mechanismOf = (lifeSeconds: number): MechanismName =>
  lifeSeconds > 60 * DAY ? 'oauth_long' : 'oauth_short'

/** When the schedule renews a token; null where nothing can be renewed. */
export function renewalTime(
  name: MechanismName,
  expiresAt: DateTime,
  random = Math.random()
): DateTime | null {
  const { renewal } = mechanisms[name]
  if (!renewal) return null
  const { aheadSeconds, jitterSeconds } = renewal
  return expiresAt.minus({ seconds: aheadSeconds + Math.floor(random * jitterSeconds) })
}

/** With less left, a call renews a token before it uses it. */
export const inlineSeconds = (name: MechanismName): number =>
  mechanisms[name].renewal?.inlineSeconds ?? 0

export const isNearItsEnd = (name: MechanismName, expiresAtMs: number, nowMs: number): boolean =>
  expiresAtMs < nowMs + 1000 * inlineSeconds(name)
