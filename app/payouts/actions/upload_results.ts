import { createHash } from 'node:crypto'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import { bankResults, MOST_RESULT_BYTES, resultText } from '#app/payouts/bank_results'
import PayoutResultFile from '#app/payouts/models/payout_result_file'

export { MOST_RESULT_BYTES }

interface UploadResultsInput {
  /** Null: longer than is taken; undefined: there was no file. */
  bytes: Buffer | null | undefined
  userId: string
  actor: Actor
}

/** Keeps the bank's file to be looked at; nothing is paid yet. The same file again is the first. */
export class UploadResults {
  /** @throws ResultFileRefused */
  async handle({ bytes, userId, actor }: UploadResultsInput): Promise<PayoutResultFile> {
    const content = resultText(bytes)
    const lines = bankResults(content).length
    const fingerprint = createHash('sha256').update(content).digest('hex')
    try {
      return await transaction(async (trx) => {
        const id = newId()
        const file = await PayoutResultFile.create(
          { id, fingerprint, content, createdBy: userId, createdAt: clock.now() },
          { client: trx }
        )
        await recordAudit(trx, {
          actor,
          action: 'payout_results.uploaded',
          subject: { type: 'payout_results', id },
          details: { lines, fingerprint },
        })
        return file
      })
    } catch (error) {
      if (!isUniqueViolation(error, 'fingerprint')) throw error
      return PayoutResultFile.findByOrFail('fingerprint', fingerprint)
    }
  }
}
