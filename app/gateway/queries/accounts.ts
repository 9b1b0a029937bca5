import PlatformAccount, { PROVIDER } from '#app/gateway/models/platform_account'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type { AccountRef } from '#app/gateway/provider'

/** An account that can receive money, the platform's or a tenant's own. */
export type GatewayAccount = PlatformAccount | TenantGatewayConfig

export const findAccount = (ref: AccountRef): Promise<GatewayAccount | null> =>
  ref.kind === 'platform' ? PlatformAccount.find(ref.id) : TenantGatewayConfig.of(ref)

/**
 * Our account, current, retired or connected, with this collector; null for a user that we do not
 * know. Of connections the one that lives: an account may have left one tenant for another.
 */
export async function accountOfCollector(collectorId: string): Promise<AccountRef | null> {
  const account = await PlatformAccount.findBy({ provider: PROVIDER, collectorId })
  if (account) return account.ref
  // tenant: a notification names no tenant
  const connections = await TenantGatewayConfig.query()
    .where({ provider: PROVIDER, mp_user_id: collectorId })
    .orderBy('connected_at', 'desc')
  const connection = connections.find(({ state }) => state !== 'disconnected') ?? connections[0]
  return connection?.ref ?? null
}

/** All accounts that the provider can be asked about. */
export async function liveAccounts(): Promise<GatewayAccount[]> {
  const platform = await PlatformAccount.query().whereNotNull('access_token_ciphertext')
  // tenant: each is asked with its own token
  const connections = await TenantGatewayConfig.query()
    .whereNotNull('access_token_ciphertext')
    .orderBy('id')
  return [...platform, ...connections.filter(({ hasLiveToken }) => hasLiveToken)]
}
