import type { JournalEntry } from '../../../app/simulator/journal.js'

/** What a reader of the journal alone knows of a subscription. Amounts in minor units. */
export interface ReplayedSubscription {
  status: string
  instalmentMinor: number
  collectedMinor: number
  collectedQuantity: number
  /** Of each instalment, by its number. */
  instalments: Map<number, ReplayedInstalment>
}

export interface ReplayedInstalment {
  status: string
  amountMinor: number
  tries: number
  /** Payments that were approved for it. */
  paid: number[]
}

const STATES: Record<string, string> = {
  'preapproval.authorized': 'authorized',
  'preapproval.resumed': 'authorized',
  'preapproval.paused': 'paused',
  'preapproval.cancelled': 'cancelled',
}

/** Reads the journal and nothing else; shares no code with the simulator. */
export function replaySubscriptions(journal: JournalEntry[]): Map<string, ReplayedSubscription> {
  const known = new Map<string, ReplayedSubscription>()
  const approved = new Map<number, number>()
  for (const entry of journal) {
    const effect = String(entry.effect ?? '')
    if (effect === 'payment.approved') {
      approved.set(Number(entry.payment_id), Number(entry.amount_minor))
    }
    const id = String(entry.preapproval_id ?? '')
    if (effect.startsWith('preapproval.')) follow(known, id, effect, entry)
    if (effect.startsWith('authorized_payment.')) collect(known.get(id)!, effect, entry, approved)
  }
  return known
}

function follow(
  known: Map<string, ReplayedSubscription>,
  id: string,
  effect: string,
  entry: JournalEntry
): void {
  const former = known.get(id)
  known.set(id, {
    status: STATES[effect] ?? former?.status ?? String(entry.status),
    instalmentMinor: Number(entry.instalment_minor),
    collectedMinor: former?.collectedMinor ?? 0,
    collectedQuantity: former?.collectedQuantity ?? 0,
    instalments: former?.instalments ?? new Map(),
  })
}

function collect(
  subscription: ReplayedSubscription,
  effect: string,
  entry: JournalEntry,
  approved: Map<number, number>
): void {
  const number = Number(entry.instalment)
  const former = subscription.instalments.get(number)
  const paid = [...(former?.paid ?? [])]
  const tried = Number(entry.tried_payment_id ?? 0)
  if (effect === 'authorized_payment.processed' && approved.has(tried)) {
    paid.push(tried)
    subscription.collectedMinor += approved.get(tried)!
    subscription.collectedQuantity += 1
  }
  subscription.instalments.set(number, {
    status: effect.replace('authorized_payment.', ''),
    amountMinor: Number(entry.instalment_minor),
    tries: Number(entry.retry_attempt),
    paid,
  })
}
