import mercadopago from '#config/mercadopago'
import GatewayConfig from '#app/gateway/models/gateway_config'

/** Every secret that a notification may be signed with: the admin's and the environment's. */
export async function webhookSecrets(): Promise<string[]> {
  const config = await GatewayConfig.current()
  return [...config.webhookSecrets.map(({ secret }) => secret), ...mercadopago.webhookSecrets]
}
