import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import Charge from '#app/receivables/models/charge'

/**
 * Ends a payment link whose time is over, once its attempts were asked for: the provider closes its
 * checkout by itself and tells nobody. One with an attempt under way waits for that.
 */
export class ExpireLink {
  async handle({ id, tenantId }: Charge): Promise<void> {
    await transaction(async (trx) => {
      const row = await Charge.query({ client: trx })
        .where({ tenant_id: tenantId, id, method: 'link' })
        .forUpdate()
        .firstOrFail()
      if (row.state !== 'pending' || row.expiresAt > clock.now()) return
      await row.moveTo('expired').closeCheckout().save()
    })
  }
}
