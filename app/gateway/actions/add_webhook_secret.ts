import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { newId } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { SecretKnown } from '#app/gateway/gateway_errors'
import GatewayConfig from '#app/gateway/models/gateway_config'

/** From now on notifications signed with this secret are believed, beside those that were. */
export class AddWebhookSecret {
  /** @throws SecretKnown */
  async handle({ secret, actor }: { secret: string; actor: Actor }): Promise<void> {
    await transaction(async (trx) => {
      const config = await GatewayConfig.locked(trx)
      const known = config.webhookSecrets
      if (known.some((one) => one.secret === secret)) throw new SecretKnown({}, 'secret')
      const id = newId()
      config.webhookSecrets = [...known, { id, secret, addedAt: instantText(clock.now()) }]
      await config.save()
      await recordAudit(trx, {
        actor,
        action: 'webhook_secret.added',
        subject: { type: 'webhook_secret', id },
      })
    })
  }
}
