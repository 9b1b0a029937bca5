import { compose } from '@adonisjs/core/helpers'
import { RefundSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** Money of a payment that went back to the payer, or is about to. */
export default class Refund extends compose(RefundSchema, OwnId) {
  /** Only then did it happen; before, it may still be refused. */
  get isApproved(): boolean {
    return this.status === 'approved'
  }
}
