import { passwordLimits } from '#start/limiter'
import { counted } from '#app/identity/attempts'
import { WrongPassword } from '#app/identity/errors'
import User from '#app/identity/models/user'

/** Asks again who is there, before money or access changes. */
export class ConfirmPassword {
  /**
   * @param field the form field that a message belongs to.
   * @throws WrongPassword, TooManyAttempts
   */
  async handle(userId: string, password: string, field = 'password'): Promise<void> {
    await counted(passwordLimits(userId), async () => {
      const user = await User.findOrFail(userId)
      if (!(await user.verifyPassword(password))) throw new WrongPassword({}, field)
    })
  }
}
