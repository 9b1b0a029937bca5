/**
 * When a call of unknown outcome is repeated: for an hour with the same key, which makes it the
 * same call to the provider; later only after a search, as a key may be forgotten by then.
 */
const minutes = [1, 2, 4, 8, 15, 30]
const LATER_MINUTES = 60

/** Longer than any call may take, so that the worker never repeats one that still runs. */
export const FIRST_RETRY_SECONDS = 60

/** @param attempts how many calls have ended without an outcome, this one included */
export const retryAfterSeconds = (attempts: number): number =>
  (minutes[attempts - 1] ?? LATER_MINUTES) * 60

/** Whether the key may be forgotten: search before calling again. */
export const searchFirst = (attempts: number): boolean => attempts > minutes.length
