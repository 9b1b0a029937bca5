import { createHash } from 'node:crypto'
import { SessionLucidUserProvider } from '@adonisjs/auth/session'
import User from '#app/identity/models/user'

/** Changes with the password; says nothing about it. */
const stampOf = (user: User) =>
  createHash('sha256').update(user.password).digest('base64url').slice(0, 22)

/**
 * A session holds the user's id and a stamp of the password it began under. So it is over with the
 * first click after the password changed or the user was disabled, even one that a request in
 * flight wrote back after all sessions had been destroyed.
 */
export class StampedUserProvider extends SessionLucidUserProvider<typeof User> {
  async createUserForGuard(user: User) {
    const guardUser = await super.createUserForGuard(user)
    return { ...guardUser, getId: () => `${user.id}.${stampOf(user)}` }
  }

  async findById(sessionValue: string | number | bigint) {
    const [id, stamp] = String(sessionValue).split('.')
    const user = await User.query().where('id', id).whereNull('disabled_at').first()
    return user && stampOf(user) === stamp ? super.createUserForGuard(user) : null
  }
}
