import { errors } from '@adonisjs/auth'
import { loginLimits } from '#start/limiter'
import { counted } from '#app/identity/attempts'
import { InvalidCredentials } from '#app/identity/errors'
import User from '#app/identity/models/user'

export interface LogInInput {
  email: string
  password: string
  ip: string
}

/** Finds who may log in. An unknown email costs as much work as a wrong password. */
export class LogIn {
  /** @throws InvalidCredentials, TooManyAttempts */
  handle({ email, password, ip }: LogInInput): Promise<User> {
    return counted(loginLimits(email, ip), async () => {
      const user = await this.#verified(email, password)
      if (!user?.isActive) throw new InvalidCredentials()
      return user
    })
  }

  async #verified(email: string, password: string): Promise<User | null> {
    try {
      return await User.verifyCredentials(email, password)
    } catch (error) {
      if (error instanceof errors.E_INVALID_CREDENTIALS) return null
      throw error
    }
  }
}
