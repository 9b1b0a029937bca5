import { compose } from '@adonisjs/core/helpers'
import { PayoutDestinationSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** Where a tenant's money goes. Never changed: another one replaces it, and the row stays. */
export default class PayoutDestination extends compose(PayoutDestinationSchema, OwnId) {
  declare kind: 'pix' | 'bank_account'
  declare state: 'current' | 'replaced'
}
