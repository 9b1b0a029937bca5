import { compose } from '@adonisjs/core/helpers'
import { PayoutResultSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** What the bank did with the transfers, as its file says. Applying it again changes nothing. */
export default class PayoutResultFile extends compose(PayoutResultSchema, OwnId) {
  static table = 'payout_results'
}
