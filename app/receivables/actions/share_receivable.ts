import { recordAudit, type Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import Receivable from '#app/receivables/models/receivable'
import { NothingToSend } from '#app/receivables/receivable_errors'

interface ShareInput {
  tenantId: string
  receivableId: string
  actor: Actor
}

/** Makes the receivable's link show something: a draft opens when it is shared. */
export class ShareReceivable {
  /** @throws NothingToSend when it has ended */
  async handle(input: ShareInput): Promise<Receivable> {
    return transaction((trx) => this.within(trx, input))
  }

  /** The same as a part of something larger. */
  async within(trx: Trx, { tenantId, receivableId, actor }: ShareInput): Promise<Receivable> {
    const receivable = await Receivable.query({ client: trx })
      .where({ tenant_id: tenantId, id: receivableId })
      .forUpdate()
      .firstOrFail()
    if (!receivable.isPayable) throw new NothingToSend()
    if (receivable.state !== 'draft') return receivable
    await receivable.moveTo('open').save()
    await recordAudit(trx, {
      actor,
      action: 'receivable.shared',
      subject: { type: 'receivable', id: receivableId },
      tenantId,
    })
    return receivable
  }
}
