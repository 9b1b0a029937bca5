import { recordAudit, type Actor } from '#app/core/audit'
import { newPublicToken } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import Receivable from '#app/receivables/models/receivable'

interface RotateInput {
  tenantId: string
  receivableId: string
  actor: Actor
}

/** Gives the payer's page another address: whoever has the one before sees nothing any more. */
export class RotateLink {
  async handle({ tenantId, receivableId, actor }: RotateInput): Promise<Receivable> {
    return transaction(async (trx) => {
      const receivable = await Receivable.query({ client: trx })
        .where({ tenant_id: tenantId, id: receivableId })
        .forUpdate()
        .firstOrFail()
      await receivable.merge({ publicToken: newPublicToken() }).save()
      await recordAudit(trx, {
        actor,
        action: 'receivable.link_rotated',
        subject: { type: 'receivable', id: receivableId },
        tenantId,
      })
      return receivable
    })
  }
}
