import type { Actor } from '#app/core/audit'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import { transaction } from '#app/core/transaction'
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
  /** @throws WrongPassword, TooManyAttempts, PayoutNotPossible, AmountAboveAvailable */
  async handle({ userId, password, ...input }: RequestPayoutInput): Promise<Payout> {
    await new ConfirmPassword().handle(userId, password)
    return transaction((trx) =>
      openPayout(trx, { ...input, scheduledFor: null, requestedBy: userId })
    )
  }
}
