import { clock } from '#app/core/clock'
import { open, purposeOf, seal } from '#app/core/vault'
import { mechanismOf, renewalTime } from '#app/gateway/mechanisms'
import type PlatformAccount from '#app/gateway/models/platform_account'
import type TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type { Grant } from './grant.js'

/** The token columns, opened and sealed; only the keeper and the renewal use this. */

type Connection = TenantGatewayConfig
type TokenColumn = 'access_token' | 'refresh_token'

const purposeOfPlatform = ({ id }: PlatformAccount) =>
  purposeOf('platform_accounts', 'access_token', id)

const purposeOfConnection = ({ id, tenantId }: Connection, column: TokenColumn) =>
  purposeOf('tenant_gateway_configs', column, id, tenantId)

/** @throws Undecryptable */
export const openPlatformToken = (account: PlatformAccount, ciphertext: string): string =>
  open(ciphertext, purposeOfPlatform(account))

/** @throws Undecryptable */
export const openAccessToken = (connection: Connection, ciphertext: string): string =>
  open(ciphertext, purposeOfConnection(connection, 'access_token'))

/** @throws Undecryptable */
export const openRefreshToken = (connection: Connection, ciphertext: string): string =>
  open(ciphertext, purposeOfConnection(connection, 'refresh_token'))

/** Seals a new token into the row, under its next version; does not save. */
export function putPlatformToken(account: PlatformAccount, token: string): void {
  account.accessTokenCiphertext = seal(token, purposeOfPlatform(account))
  account.tokenVersion = (account.tokenVersion ?? 0) + 1
  account.merge({ mechanism: 'static_key', tokenStoredAt: clock.now() })
}

/**
 * The columns that hold a grant, under the row's next version. What an answer leaves out stays as
 * it was; a refresh token that it leaves out is used up all the same.
 */
export function grantColumns(connection: Connection, grant: Grant) {
  const { lifeSeconds, accessToken, refreshToken } = grant
  const now = clock.now()
  const tokenExpiresAt = now.plus({ seconds: lifeSeconds })
  const mechanism = mechanismOf(lifeSeconds)
  return {
    accessTokenCiphertext: seal(accessToken, purposeOfConnection(connection, 'access_token')),
    refreshTokenCiphertext:
      refreshToken && seal(refreshToken, purposeOfConnection(connection, 'refresh_token')),
    tokenVersion: (connection.tokenVersion ?? 0) + 1,
    tokenStoredAt: now,
    tokenExpiresAt,
    tokenRefusedAt: null,
    mechanism,
    refreshAt: refreshToken ? renewalTime(mechanism, tokenExpiresAt) : null,
    refreshAttempts: 0,
    refreshLease: null,
    refreshLeaseUntil: null,
    told: null,
    ...(grant.publicKey && { publicKey: grant.publicKey }),
    ...(grant.scopes && { scopes: grant.scopes }),
  }
}

/** Nothing of the tokens is left; the row stays. */
export const destroyedColumns = (connection: Connection) => ({
  accessTokenCiphertext: null,
  refreshTokenCiphertext: null,
  tokenVersion: connection.tokenVersion + 1,
  tokenExpiresAt: null,
  refreshAt: null,
  refreshLease: null,
  refreshLeaseUntil: null,
})
