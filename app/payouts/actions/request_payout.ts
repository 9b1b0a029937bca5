import type { Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { confirmPassword } from '#app/payouts/confirm_password'
import type Payout from '#app/payouts/models/payout'
import { openPayout } from '#app/payouts/open_payout'

interface RequestPayoutInput {
  tenantId: string
  currency: string
  amountMinor: number
  userId: string
  password: string
  actor: Actor
}

/** An owner asks for money: it leaves available at once, so that nothing else can spend it. */
export class RequestPayout {
  /** @throws WrongPassword, TooManyPasswords, PayoutNotPossible, AmountAboveAvailable */
  async handle({ userId, password, ...input }: RequestPayoutInput): Promise<Payout> {
    await confirmPassword(userId, password)
    return transaction((trx) =>
      openPayout(trx, { ...input, scheduledFor: null, requestedBy: userId })
    )
  }
}
