import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ExceptionNoteSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import User from '#app/identity/models/user'

/** What somebody wrote to an exception: a tenant's member, or the platform for itself. */
export default class ExceptionNote extends compose(ExceptionNoteSchema, OwnId) {
  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>
}
