import { DateTime } from 'luxon'
import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'

/** An admin says: the platform may and will hold the money of this country's tenants. */
export class ConfirmCustody {
  async handle(input: { country: string; userId: string; actor: Actor }): Promise<void> {
    const { country, userId, actor } = input
    await transaction(async (trx) => {
      const own = { client: trx }
      if (await CustodyConfirmation.findBy({ country }, own)) return
      const confirmation = await CustodyConfirmation.create(
        { country, userId, confirmedAt: DateTime.utc() },
        own
      )
      await recordAudit(trx, {
        actor,
        action: 'custody.confirmed',
        subject: { type: 'custody_confirmation', id: confirmation.id },
        details: { country },
      })
    })
  }
}
