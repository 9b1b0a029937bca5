import type { Actor } from '#app/core/audit'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { StartPayout } from '#app/payouts/actions/start_payout'
import { PayoutNotPossible } from '#app/payouts/errors'
import type { Hindrance } from '#app/payouts/hindrance'

/** Approves a payout and, when nothing keeps its money back, goes straight on to the transfer. */
export class SendPayout {
  /**
   * @returns why it does not leave for now; null when it is under way.
   * @throws PayoutNotFound, PayoutStateConflict, SecondPersonNeeded
   */
  async handle(input: {
    payoutId: string
    userId: string
    actor: Actor
  }): Promise<Hindrance['reason'] | 'second_person' | null> {
    const { state } = await new ApprovePayout().handle(input)
    if (state !== 'approved') return 'second_person'
    try {
      await new StartPayout().handle(input)
      return null
    } catch (error) {
      if (error instanceof PayoutNotPossible) return error.hindrance.reason
      throw error
    }
  }
}
