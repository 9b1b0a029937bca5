import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import GatewayConfig from '#app/gateway/models/gateway_config'

/** Notifications signed with this secret are refused from now on. */
export class RemoveWebhookSecret {
  /** @returns false when there is no such secret */
  async handle({ id, actor }: { id: string; actor: Actor }): Promise<boolean> {
    return transaction(async (trx) => {
      const config = await GatewayConfig.locked(trx)
      const known = config.webhookSecrets
      if (!known.some((one) => one.id === id)) return false
      config.webhookSecrets = known.filter((one) => one.id !== id)
      await config.save()
      await recordAudit(trx, {
        actor,
        action: 'webhook_secret.removed',
        subject: { type: 'webhook_secret', id },
      })
      return true
    })
  }
}
