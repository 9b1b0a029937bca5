import type { Actor } from '#app/core/audit'
import { DomainError } from '#app/core/errors'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { RejectPayout } from '#app/payouts/actions/reject_payout'

export const MOST_AT_ONCE = 100

interface DecidePayoutsInput {
  payoutIds: string[]
  decision: { approve: true } | { approve: false; reason: string }
  userId: string
  actor: Actor
}

export interface Decided {
  done: number
  /** Approved by the first of two people. */
  waiting: number
  /** Somebody else was faster, or the second person would be the first. */
  refused: number
}

/** One decision on many payouts; each is its own transaction, and one's refusal stops no other. */
export class DecidePayouts {
  async handle({ payoutIds, ...input }: DecidePayoutsInput): Promise<Decided> {
    const decided: Decided = { done: 0, waiting: 0, refused: 0 }
    for (const payoutId of new Set(payoutIds)) decided[await this.#decide(payoutId, input)]++
    return decided
  }

  async #decide(
    payoutId: string,
    { decision, userId, actor }: Omit<DecidePayoutsInput, 'payoutIds'>
  ): Promise<keyof Decided> {
    try {
      if (!decision.approve) {
        await new RejectPayout().handle({ payoutId, reason: decision.reason, actor })
        return 'done'
      }
      const { state } = await new ApprovePayout().handle({ payoutId, userId, actor })
      return state === 'approved' ? 'done' : 'waiting'
    } catch (error) {
      if (error instanceof DomainError) return 'refused'
      throw error
    }
  }
}
