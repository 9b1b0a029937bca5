import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { transaction } from '#app/core/transaction'
import { FailPayout } from '#app/payouts/actions/fail_payout'
import { MarkPayoutPaid } from '#app/payouts/actions/mark_payout_paid'
import type PayoutResultFile from '#app/payouts/models/payout_result_file'
import { resultPlan, type PlannedResult } from '#app/payouts/queries/result_plan'

export interface AppliedResults {
  paid: number
  failed: number
  /** Lines that changed nothing though they said something new. */
  refused: number
}

/**
 * Carries out what the bank's file says, each line in a transaction of its own. Stopped anywhere,
 * it is applied again: what is done already is left alone.
 */
export class ApplyResults {
  async handle({ file, actor }: { file: PayoutResultFile; actor: Actor }): Promise<AppliedResults> {
    const applied: AppliedResults = { paid: 0, failed: 0, refused: 0 }
    for (const line of await resultPlan(file.content)) {
      if (line.verdict === 'pay' || line.verdict === 'fail') {
        applied[await this.#apply(line, actor)]++
      }
    }
    await transaction(async (trx) => {
      await file.merge({ appliedAt: clock.now() }).useTransaction(trx).save()
      await recordAudit(trx, {
        actor,
        action: 'payout_results.applied',
        subject: { type: 'payout_results', id: file.id },
        details: { ...applied },
      })
    })
    return applied
  }

  async #apply(line: PlannedResult, actor: Actor): Promise<keyof AppliedResults> {
    const { id: payoutId } = line.payout!
    const { code, date: bankDate } = line
    try {
      if (line.verdict === 'fail') {
        await new FailPayout().handle({ payoutId, reason: code, actor })
        return 'failed'
      }
      await new MarkPayoutPaid().handle({ payoutId, bankReference: code, bankDate, actor })
      return 'paid'
    } catch (error) {
      if (error instanceof DomainError) return 'refused'
      throw error
    }
  }
}
