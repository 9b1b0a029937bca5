import { compose } from '@adonisjs/core/helpers'
import { DailyCloseSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { Difference } from '#app/admin/queries/ledger_position'

/** The books of one currency as they were after a UTC day had ended. Never changed. */
export default class DailyClose extends compose(DailyCloseSchema, OwnId) {
  declare accounts: { id: string; name: string; amountMinor: number }[]
  declare differences: Difference[]
}
