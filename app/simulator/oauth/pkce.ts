import { createHash } from 'node:crypto'
import type { Challenge } from './grant.js'

const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/

export const CHALLENGE_METHODS = ['S256', 'plain'] as const

/** Null for anything that no verifier could answer. */
export function readChallenge(value: string | null, method: string | null): Challenge | null {
  const known = CHALLENGE_METHODS.find((one) => one === (method ?? 'plain'))
  return value && known && VERIFIER.test(value) ? { value, method: known } : null
}

export function answers(challenge: Challenge, verifier: string): boolean {
  if (!VERIFIER.test(verifier)) return false
  if (challenge.method === 'plain') return verifier === challenge.value
  return createHash('sha256').update(verifier).digest('base64url') === challenge.value
}
