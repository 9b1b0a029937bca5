import { compose } from '@adonisjs/core/helpers'
import { ExceptionCaseSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

export type ExceptionKind =
  | 'underpaid'
  | 'overpaid'
  | 'double_payment'
  | 'as_agreed'
  | 'amount_differs'
  | 'net_differs'
  | 'charges_differ'
  | 'refund_unexplained'
  | 'dispute_reversed'
  | 'unknown_payment'

/** Something that a person should decide on; the money itself is booked as it really moved. */
export default class ExceptionCase extends compose(ExceptionCaseSchema, OwnId) {
  declare kind: ExceptionKind
  declare state: 'open' | 'resolved'
}
