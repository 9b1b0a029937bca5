import type { Card } from '../cards/card.js'
import { SITES } from '../data/sites.js'
import { countBefore, dueDate, type Rhythm } from './cycle.js'
import type { Terms } from './plan.js'

export type PreapprovalStatus = 'pending' | 'authorized' | 'paused' | 'cancelled'

/** A card that may be charged again and again. */
export interface KeptCard {
  id: number
  methodId: string
  issuerId: string
  securityCodeLength: number
  card: Card
}

/** What was collected so far, and how it goes. */
export interface Collected {
  quantity: number
  minor: number
  lastAt: number | null
  lastMinor: number | null
  /** Instalments that no try could collect, since the last one that was. */
  lostInARow: number
  /** Green: all collected. Yellow: one is being tried. Red: the latest was lost. */
  semaphore: 'green' | 'yellow' | 'red' | null
}

/** A subscription: times in ms since 1970. */
export interface Preapproval {
  id: string
  /** How often it was changed. */
  version: number
  accountId: number
  clientId: string
  siteId: string
  planId: string | null
  status: PreapprovalStatus
  reason: string
  externalReference: string | null
  backUrl: string
  payer: { id: number; email: string }
  terms: Terms
  /** What was asked for. */
  startAt: number | null
  /** No instalment falls due from then on, and it ends. */
  endAt: number | null
  /** When it was authorized, and the first instalment's date; null until then. */
  authorizedAt: number | null
  anchorAt: number | null
  /** Days until the first instalment, where a trial is free. */
  firstInvoiceOffset: number | null
  /** How many instalments there are in all; null is no end. */
  quotas: number | null
  /** Of the next instalment to fall due; the first one is number 0. */
  nextSequence: number
  /** As it is told: stays where it was when nothing comes any more. */
  nextPaymentAt: number
  card: KeptCard | null
  secondaryCard: KeptCard | null
  collected: Collected
  liveMode: boolean
  createdAt: number
  updatedAt: number
}

export const NOTHING_COLLECTED: Readonly<Collected> = {
  quantity: 0,
  minor: 0,
  lastAt: null,
  lastMinor: null,
  lostInARow: 0,
  semaphore: null,
}

/** Only of one that was authorized. */
export function rhythmOf({ terms, anchorAt, siteId }: Preapproval): Rhythm {
  const { frequency, frequencyType, billingDay } = terms
  const { utcOffsetHours } = SITES[siteId]
  return { frequency, frequencyType, billingDay, anchorAt: anchorAt!, utcOffsetHours }
}

/** How many instalments there will be, and when it ends. */
export function extentOf(preapproval: Preapproval): Pick<Preapproval, 'quotas' | 'endAt'> {
  const { terms, endAt } = preapproval
  const rhythm = rhythmOf(preapproval)
  if (terms.repetitions !== null) {
    return { quotas: terms.repetitions, endAt: dueDate(rhythm, terms.repetitions) }
  }
  return { quotas: endAt === null ? null : countBefore(rhythm, endAt), endAt }
}

/** The next instalment's date, or null when all have fallen due. */
export function nextDueAt(preapproval: Preapproval): number | null {
  const { anchorAt, quotas, nextSequence } = preapproval
  if (anchorAt === null || (quotas !== null && nextSequence >= quotas)) return null
  return dueDate(rhythmOf(preapproval), nextSequence)
}

/** When something happens to it by itself. */
export function dueAt(preapproval: Preapproval): number | null {
  const { status, endAt } = preapproval
  if (status === 'cancelled') return null
  const dates = [nextDueAt(preapproval), endAt].filter((at) => at !== null)
  return dates.length > 0 ? Math.min(...dates) : null
}
