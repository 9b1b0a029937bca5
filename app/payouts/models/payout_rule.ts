import { compose } from '@adonisjs/core/helpers'
import { PayoutRuleSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { Trx } from '#app/core/transaction'

export const COOLING_HOURS = 24

/** The platform's rules for the payouts of one currency. */
export default class PayoutRule extends compose(PayoutRuleSchema, OwnId) {
  /** The row, or what counts as long as nobody has saved one. */
  static async of(currency: string, trx?: Trx): Promise<PayoutRule> {
    const known = await this.query({ client: trx }).where('currency', currency).first()
    return (
      known ??
      new PayoutRule().merge({
        currency,
        coolingHours: COOLING_HOURS,
        minimumMinor: 1,
        secondPersonAboveMinor: null,
      })
    )
  }

  needsSecondPerson({ amountMinor }: { amountMinor: number }): boolean {
    return this.secondPersonAboveMinor !== null && amountMinor > this.secondPersonAboveMinor
  }
}
