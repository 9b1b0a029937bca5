import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import type PayoutBatch from '#app/payouts/models/payout_batch'

/** Hands out a file of transfers, which names accounts in full: the audit log hears of it. */
export class DownloadBatch {
  /** @throws Undecryptable */
  async handle({ batch, actor }: { batch: PayoutBatch; actor: Actor }): Promise<string> {
    const { content } = batch
    await transaction((trx) =>
      recordAudit(trx, {
        actor,
        action: 'payout_batch.downloaded',
        subject: { type: 'payout_batch', id: batch.id },
        details: { fingerprint: batch.fingerprint },
      })
    )
    return content
  }
}
