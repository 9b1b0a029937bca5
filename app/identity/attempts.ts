import { errors } from '@adonisjs/limiter'
import type limiter from '@adonisjs/limiter/services/main'
import { TooManyAttempts } from '#app/identity/errors'

type MultiLimiter = ReturnType<typeof limiter.multi>

/**
 * Does the work, and counts it when it fails. It is counted before, and taken back when it went
 * well: otherwise a hundred guesses at once would all pass before the first is counted.
 * @throws TooManyAttempts
 */
export async function counted<Result>(
  limits: MultiLimiter,
  work: () => Promise<Result>
): Promise<Result> {
  try {
    await limits.consume()
  } catch (error) {
    if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) throw error
    throw new TooManyAttempts({ minutes: Math.max(1, Math.ceil(error.response.availableIn / 60)) })
  }
  const result = await work()
  await limits.decrement()
  return result
}
