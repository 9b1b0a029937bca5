import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ScheduleOccurrenceSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import Receivable from '#app/receivables/models/receivable'

/** A receivable that a schedule made: its number and its due date are taken for good. */
export default class ScheduleOccurrence extends compose(ScheduleOccurrenceSchema, OwnId) {
  /** Why it could not be offered as was wanted. */
  declare problem: { key: string; params: Record<string, string | number> } | null

  @belongsTo(() => Receivable)
  declare receivable: BelongsTo<typeof Receivable>
}
