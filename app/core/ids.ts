import { randomBytes, randomUUIDv7 } from 'node:crypto'

const MOST_IN_A_MS = 0xfff
let lastMs = 0
let inMs = 0

/**
 * A row's id: time-ordered, so that an index on it is also an index by age. What one process makes
 * within a millisecond is ordered too, by RFC 9562's counter: movements of one moment keep theirs.
 */
export function newId(): string {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    inMs = 0
  } else if (++inMs > MOST_IN_A_MS) {
    lastMs++
    inMs = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const count = inMs.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomUUIDv7().slice(19)}`
}

/** What a stranger may see in a URL: 160 random bits, base64url. */
export const newPublicToken = (): string => randomBytes(20).toString('base64url')
