import { NOTHING, difference, sum, type Parts } from './parts.js'
import { BUCKETS, type Bucket, type Position } from './position.js'

export type MovementKind =
  | 'payment'
  | 'refund'
  | 'chargeback'
  | 'dispute'
  | 'mediation'
  | 'payout'
  | 'payout_return'
  | 'withdrawal'
  | 'deposit'
  | 'tax'
  | 'yield'

/** What reports say of a movement besides its amounts. */
export interface Subject {
  /** Of the payment, the payout or, for what is neither, the movement itself. */
  sourceId: string
  externalReference: string | null
  methodId: string | null
  methodType: string | null
  installments: number
  createdAt: number
  approvedAt: number
}

export type Changes = Record<Bucket, Parts>

/** One change of an account's money: what each bucket gained or lost. */
export interface Movement extends Subject {
  seq: number
  accountId: number
  at: number
  kind: MovementKind
  changes: Changes
}

export const UNCHANGED: Readonly<Changes> = {
  available: NOTHING,
  pending: NOTHING,
  blocked: NOTHING,
}

/** What leaves one place and appears in another. */
export function changesBetween(before: Position | null, after: Position): Changes {
  const inBucket = (position: Position | null, bucket: Bucket) =>
    position?.bucket === bucket ? position.parts : NOTHING
  const entries = BUCKETS.map((bucket) => [
    bucket,
    difference(inBucket(after, bucket), inBucket(before, bucket)),
  ])
  return Object.fromEntries(entries)
}

/** What the account gained, whether it may spend it yet or not. */
export function settledParts(movement: Pick<Movement, 'changes'>): Parts {
  return sum(movement.changes.available, movement.changes.pending)
}
