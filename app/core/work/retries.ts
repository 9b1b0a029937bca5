import { describeError } from '#app/core/redaction'
import { TryAgain } from '#app/core/work/contracts'

/** A row that failed so often is set aside as `failed`, for a person to look at. */
export const MAX_ATTEMPTS = 15
/** From this age on, "not yet" counts as a failure, so that no row waits forever. */
const PATIENCE_SECONDS = 7 * 24 * 3600
const LONGEST_DELAY_SECONDS = 3600
const LONGEST_POLITE_DELAY_SECONDS = 900
const MAX_ERROR_LENGTH = 500

/** Half to all of the delay: rows that failed together do not come back together. */
const jittered = (seconds: number) => seconds * (0.5 + Math.random() / 2)

export interface NextTry {
  counted: boolean
  delaySeconds: number
  giveUp: boolean
}

/**
 * @param attempts runs so far, this one included.
 * @param ageSeconds since the row was written.
 */
export function nextTry(error: unknown, attempts: number, ageSeconds: number): NextTry {
  if (error instanceof TryAgain && ageSeconds < PATIENCE_SECONDS) {
    const polite = Math.min(LONGEST_POLITE_DELAY_SECONDS, Math.max(2, ageSeconds / 2))
    return { counted: false, delaySeconds: error.delaySeconds ?? jittered(polite), giveUp: false }
  }
  const delay = Math.min(LONGEST_DELAY_SECONDS, 2 ** attempts)
  return { counted: true, delaySeconds: jittered(delay), giveUp: attempts >= MAX_ATTEMPTS }
}

/** What a row remembers of an error: one line, without values that the database was given. */
export function errorLine(error: unknown): string {
  const { name, code, table, constraint, message } = describeError(error)
  const parts = [name, code, table, constraint, message].filter(Boolean)
  return parts.join(' ').slice(0, MAX_ERROR_LENGTH)
}
