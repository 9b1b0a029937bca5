import { randomBytes, randomUUID } from 'node:crypto'

/** `APP_USR-<client_id>-<MMDDHH>-<32 hex>-<user_id>`; a token for tests begins with `TEST`. */
export function newAccessToken(
  clientId: string,
  accountId: number,
  now: number,
  liveMode = true
): string {
  const [, month, day, hour] = /-(\d\d)-(\d\d)T(\d\d)/.exec(new Date(now).toISOString())!
  const hash = randomBytes(16).toString('hex')
  return `${prefix(liveMode)}-${clientId}-${month}${day}${hour}-${hash}-${accountId}`
}

export function newPublicKey(liveMode = true): string {
  return `${prefix(liveMode)}-${randomUUID()}`
}

/** An authorization code or a refresh token: both look alike. */
export function newTemporaryGrant(accountId: number): string {
  return `TG-${randomBytes(16).toString('hex')}-${accountId}`
}

function prefix(liveMode: boolean): string {
  return liveMode ? 'APP_USR' : 'TEST'
}
