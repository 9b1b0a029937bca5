import mercadopago from '#config/mercadopago'
import GatewayConfig from '#app/gateway/models/gateway_config'
import PlatformAccount, { PROVIDER } from '#app/gateway/models/platform_account'
import type { AccountRef } from '#app/gateway/provider'

/** Our account, current or retired, with this collector; null for a user that we do not know. */
export async function accountOfCollector(collectorId: string): Promise<AccountRef | null> {
  const account = await PlatformAccount.findBy({ provider: PROVIDER, collectorId })
  return account?.ref ?? null
}

/** Every secret that a notification may be signed with: the admin's and the environment's. */
export async function webhookSecrets(): Promise<string[]> {
  const config = await GatewayConfig.current()
  return [...config.webhookSecrets.map(({ secret }) => secret), ...mercadopago.webhookSecrets]
}
