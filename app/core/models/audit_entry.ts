import { compose } from '@adonisjs/core/helpers'
import { AuditEntrySchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

export default class AuditEntry extends compose(AuditEntrySchema, OwnId) {
  declare actor: 'user' | 'worker' | 'command'
}
