import { clock } from '#app/core/clock'
import { open, purposeOf, seal } from '#app/core/vault'
import { mechanismOf, renewalTime } from '#app/gateway/mechanisms'
import type PlatformAccount from '#app/gateway/models/platform_account'
import type TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type { Grant } from './grant.js'
import { accessTokenPurpose } from './stored_token.js'

/** The token columns, opened and sealed; only the keeper and the renewal use this. */

type Connection = TenantGatewayConfig

const refreshPurpose = ({ id, tenantId }: Connection) =>
  purposeOf('tenant_gateway_configs', 'refresh_token', id, tenantId)

/** @throws Undecryptable */
export const openAccessToken = ({ ref }: Connection, ciphertext: string): string =>
  open(ciphertext, accessTokenPurpose(ref))

/** @throws Undecryptable */
export const openRefreshToken = (connection: Connection, ciphertext: string): string =>
  open(ciphertext, refreshPurpose(connection))

/** Seals a new token into the row, under its next version; does not save. */
export function putPlatformToken(account: PlatformAccount, token: string): void {
  account.accessTokenCiphertext = seal(token, accessTokenPurpose(account.ref))
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
    accessTokenCiphertext: seal(accessToken, accessTokenPurpose(connection.ref)),
    refreshTokenCiphertext: refreshToken && seal(refreshToken, refreshPurpose(connection)),
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
