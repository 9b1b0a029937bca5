import { randomBytes, randomUUIDv7 } from 'node:crypto'

/** A row's id: time-ordered, so that an index on it is also an index by age. */
export const newId = (): string => randomUUIDv7()

/** What a stranger may see in a URL: 160 random bits, base64url. */
export const newPublicToken = (): string => randomBytes(20).toString('base64url')
