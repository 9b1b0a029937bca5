import { compose } from '@adonisjs/core/helpers'
import { ReminderStopSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** A customer that wants no more reminders of this tenant. */
export default class ReminderStop extends compose(ReminderStopSchema, OwnId) {}
