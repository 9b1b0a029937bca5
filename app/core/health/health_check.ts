import logger from '@adonisjs/core/services/logger'
import { describeError } from '#app/core/redaction'

/** Something without which the app should get no traffic. */
export interface HealthCheck {
  name: string
  /** What is wrong, in a few words that a stranger may read; null when all is well. */
  run: () => Promise<string | null>
}

const ANSWER_WITHIN_MS = 3000

/** @returns what failed, by name; empty when ready. Checks that throw or hang count as failed. */
export async function failures(checks: HealthCheck[]): Promise<Record<string, string>> {
  const results = await Promise.all(
    checks.map(async ({ name, run }) => [name, await resultOf(name, run)] as const)
  )
  return Object.fromEntries(results.filter(([, wrong]) => wrong !== null)) as Record<string, string>
}

async function resultOf(name: string, run: HealthCheck['run']): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([run(), late])
  } catch (error) {
    logger.warn({ check: name, err: describeError(error) }, 'a health check threw')
    return 'the check failed: see the log'
  } finally {
    clearTimeout(timer)
  }
}
