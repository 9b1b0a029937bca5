import type { JournalEntry } from '../../../app/simulator/journal.js'

/** What a reader of the journal alone knows of a payment. Amounts in minor units. */
export interface Replayed {
  sellerId: number
  state: string
  amount: number
  refunded: number
  lost: number
  charged: number
  chargesReturned: number
}

export interface Ledger {
  payments: Map<number, Replayed>
  /** What applications' owners earned, by account. */
  earned: Map<number, number>
}

const STATES: Record<string, string> = {
  'payment.authorized': 'authorized/pending_capture',
  'payment.approved': 'approved/accredited',
  'payment.expired': 'cancelled/expired',
  'chargeback.opened': 'charged_back/in_process',
  'mediation.opened': 'in_mediation/pending',
}

const CHOSEN = [
  'payment.created',
  'payment.reviewed',
  'payment.rejected',
  'payment.cancelled',
  'chargeback.settled',
  'chargeback.reimbursed',
]

/** Who gave all of it back, or a part. */
const REFUNDED: Record<string, [whole: string, part: string]> = {
  bpp: ['refunded/bpp_refunded', 'approved/partially_bpp_refunded'],
  admin: ['refunded/by_admin', 'approved/partially_refunded'],
}
const USUALLY_REFUNDED = ['refunded/refunded', 'approved/partially_refunded']

function stateAfter(effect: string, payment: Replayed, entry: JournalEntry): string {
  if (CHOSEN.includes(effect)) return `${String(entry.status)}/${String(entry.status_detail)}`
  if (effect === 'payment.refunded' || effect === 'mediation.lost') {
    const left = payment.amount - payment.refunded - payment.lost
    const [whole, part] = REFUNDED[String(entry.source)] ?? USUALLY_REFUNDED
    return left === 0 ? whole : part
  }
  if (effect === 'mediation.won') {
    return payment.refunded > 0 ? 'approved/partially_refunded' : 'approved/accredited'
  }
  return STATES[effect] ?? payment.state
}

function happened(payment: Replayed, effect: string, entry: JournalEntry): void {
  const number = (name: string) => Number(entry[name] ?? 0)
  if (effect === 'payment.approved') {
    payment.amount = number('amount_minor')
    payment.charged = number('charges_minor')
  }
  payment.refunded += number('refund_amount_minor')
  payment.lost += number('lost_minor')
  payment.chargesReturned = number('charges_refunded_minor')
  payment.state = stateAfter(effect, payment, entry)
}

function earn(ledger: Ledger, effect: string, entry: JournalEntry): void {
  const sign = effect === 'application_fee.credited' ? 1 : -1
  const owner = Number(entry.account_id)
  const before = ledger.earned.get(owner) ?? 0
  ledger.earned.set(owner, before + sign * Number(entry.amount_minor))
}

/** Reads the journal and nothing else; shares no code with the simulator. */
export function replay(journal: JournalEntry[]): Ledger {
  const ledger: Ledger = { payments: new Map(), earned: new Map() }
  for (const entry of journal) {
    const effect = String(entry.effect ?? '')
    const id = Number(entry.payment_id)
    if (effect.startsWith('application_fee.')) earn(ledger, effect, entry)
    else if (effect === 'payment.created') {
      ledger.payments.set(id, {
        sellerId: Number(entry.account_id),
        state: `${String(entry.status)}/${String(entry.status_detail)}`,
        amount: Number(entry.amount_minor),
        refunded: 0,
        lost: 0,
        charged: 0,
        chargesReturned: 0,
      })
    } else if (/^(payment|chargeback|mediation)\./.test(effect) && entry.status !== undefined) {
      happened(ledger.payments.get(id)!, effect, entry)
    }
  }
  return ledger
}

/** What a seller must own of all that, released or not. */
export function ownedBy(ledger: Ledger, accountId: number): number {
  const sales = [...ledger.payments.values()].filter(({ sellerId }) => sellerId === accountId)
  const ofSales = sales.reduce((sum, payment) => {
    const { amount, refunded, lost, charged, chargesReturned, state } = payment
    const wasPaid = /^(approved|refunded|charged_back|in_mediation)\//.test(state)
    const late = state === 'cancelled/expired' && charged > 0
    return wasPaid || late ? sum + amount - refunded - lost - charged + chargesReturned : sum
  }, 0)
  return ofSales + (ledger.earned.get(accountId) ?? 0)
}
