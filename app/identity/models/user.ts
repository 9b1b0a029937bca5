import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { beforeSave } from '@adonisjs/lucid/orm'
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

  /** What the user may change by himself. */
  get profile() {
    return { fullName: this.fullName, locale: this.locale, timeZone: this.timeZone }
  }

  /** One address is one user, however it is written. */
  @beforeSave()
  static lowerEmail(user: User) {
    user.email = user.email.trim().toLowerCase()
  }
}
