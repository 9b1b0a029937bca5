import limiter from '@adonisjs/limiter/services/main'
import User from '#app/identity/models/user'
import { TooManyPasswords, WrongPassword } from '#app/payouts/errors'

/**
 * Asks the owner's password again before money leaves or changes its destination; a stolen session
 * alone moves nothing. Slow by design: never inside a transaction.
 * @throws WrongPassword, TooManyPasswords after five wrong ones in a quarter of an hour
 */
export async function confirmPassword(userId: string, password: string): Promise<void> {
  const user = await User.findOrFail(userId)
  const attempts = limiter.use({ requests: 5, duration: '15 mins', blockDuration: '15 mins' })
  const [exhausted] = await attempts.penalize(`password-again:${userId}`, async () => {
    if (!(await user.verifyPassword(password))) throw new WrongPassword()
  })
  if (exhausted) throw new TooManyPasswords()
}
