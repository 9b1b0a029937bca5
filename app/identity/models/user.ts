import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { UserSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

export default class User extends compose(
  UserSchema,
  OwnId,
  withAuthFinder(hash, { uids: ['email'], passwordColumnName: 'password' })
) {
  get isActive() {
    return this.disabledAt === null
  }
}
