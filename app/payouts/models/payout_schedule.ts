import { compose } from '@adonisjs/core/helpers'
import { PayoutScheduleSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { Frequency } from '#app/payouts/due_dates'

/** When a tenant is paid out by itself, and how much of its money stays. */
export default class PayoutSchedule extends compose(PayoutScheduleSchema, OwnId) {
  declare frequency: Frequency
}
