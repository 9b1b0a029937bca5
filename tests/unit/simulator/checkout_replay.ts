import type { JournalEntry } from '../../../app/simulator/journal.js'

/** What a reader of the journal alone knows of a purchase; amounts in minor units. */
export interface ReplayedOrder {
  status: string
  orderStatus: string
  paid: number
  refunded: number
  payments: number[]
}

interface Told {
  status: string
  approved: boolean
  amount: number
  refunded: number
  lost: number
}

interface Purchase {
  total: number
  preferenceId: string
  at: number
  payments: Map<number, Told>
}

/** Mercado Pago's words for each state, one after the other; shares no code with the simulator. */
function judge({ total, payments, at }: Purchase, endsAt: number | null): ReplayedOrder {
  const all = [...payments.values()]
  const sum = (one: (payment: Told) => number) => all.reduce((left, told) => left + one(told), 0)
  const paid = sum(({ approved, amount }) => (approved ? amount : 0))
  const refunded = sum((told) => told.refunded)
  const gone = refunded + sum(({ lost }) => lost)
  const isOpen = all.some(({ status }) => ['pending', 'in_process', 'authorized'].includes(status))
  const isPaid = all.some(({ approved }) => approved)
  const told = { paid, refunded, payments: [...payments.keys()] }
  if (!isPaid && !isOpen && endsAt !== null && at >= endsAt) {
    return { ...told, status: 'expired', orderStatus: 'expired' }
  }
  const status = isPaid && paid >= total ? 'closed' : 'opened'
  if (isPaid && gone === paid && !isOpen) return { ...told, status, orderStatus: 'reverted' }
  if (isPaid && gone > 0) return { ...told, status, orderStatus: 'partially_reverted' }
  if (isPaid) return { ...told, status, orderStatus: paid >= total ? 'paid' : 'partially_paid' }
  return { ...told, status, orderStatus: isOpen ? 'payment_in_process' : 'payment_required' }
}

function follow(payment: Told, entry: JournalEntry): void {
  payment.status = String(entry.status)
  payment.amount = Number(entry.amount_minor)
  payment.refunded = Number(entry.refunded_minor)
  payment.lost += Number(entry.lost_minor ?? 0)
  if (entry.effect === 'payment.approved') payment.approved = true
}

const ofOrder = /^merchant_order\./
const ofPayment = /^(payment|chargeback|mediation)\./

/** The purchases that the journal tells of, by their ids. */
export function replayOrders(journal: JournalEntry[]): Map<number, ReplayedOrder> {
  const ends = new Map<string, number | null>()
  const purchases = new Map<number, Purchase>()
  for (const entry of journal) {
    const effect = String(entry.effect ?? '')
    const at = Date.parse(entry.at)
    const id = Number(entry.merchant_order_id)
    if (effect.startsWith('preference.')) {
      const preferenceId = String(entry.preference_id)
      ends.set(preferenceId, entry.ends_at === null ? null : Date.parse(String(entry.ends_at)))
      // Whatever waits to be paid is looked at again.
      const concerned = [...purchases.values()].filter((one) => one.preferenceId === preferenceId)
      for (const purchase of concerned) purchase.at = at
    } else if (ofOrder.test(effect)) {
      const known = purchases.get(id) ?? { payments: new Map() }
      const total = Number(entry.amount_minor)
      purchases.set(id, { ...known, total, at, preferenceId: String(entry.preference_id) })
    } else if (ofPayment.test(effect) && purchases.has(id)) {
      const { payments } = purchases.get(id)!
      const paymentId = Number(entry.payment_id)
      const none = { status: '', approved: false, amount: 0, refunded: 0, lost: 0 }
      const payment = payments.get(paymentId) ?? none
      follow(payment, entry)
      payments.set(paymentId, payment)
    }
  }
  const judged = [...purchases].map(([id, purchase]): [number, ReplayedOrder] => [
    id,
    judge(purchase, ends.get(purchase.preferenceId) ?? null),
  ])
  return new Map(judged)
}
