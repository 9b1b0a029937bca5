import { randomBytes } from 'node:crypto'

/** Of plans and subscriptions. */
export function newId(): string {
  return randomBytes(16).toString('hex')
}
