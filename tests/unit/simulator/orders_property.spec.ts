import { test } from '@japa/runner'
import { orderView } from '../../../app/simulator/api/order_view.js'
import type { JournalEntry } from '../../../app/simulator/journal.js'
import type { Order } from '../../../app/simulator/orders/order.js'
import type { Payment } from '../../../app/simulator/payments/payment.js'
import { holds } from '#tests/support/property'
import { close, openMarket } from './happenings.js'
import { steps, take, type Fair } from './orders_stories.js'
import { ownedBy, replay } from './replay.js'

const cents = (amount: string | undefined) => Math.round(Number(amount ?? 0) * 100)
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

function openFair(): Fair {
  return { ...openMarket(), orders: [] }
}

function effectsOf({ sim }: Fair): number {
  return sim.store.get<{ total: number }>('select count(*) as total from journal')!.total
}

function stored({ sim, orders }: Fair): Order[] {
  return orders.map((id) => sim.orders.find(id)!)
}

function paymentsOf({ sim }: Fair, { transactions }: Order): Payment[] {
  return transactions.flatMap(({ paymentId }) => sim.payments.find(paymentId ?? 0) ?? [])
}

/** What an order may be while its payment is in a state: written down apart from the simulator. */
const AGREES: Record<Payment['status'], RegExp> = {
  pending: /^(action_required\/(waiting_payment|waiting_transfer|pending_challenge))$/,
  in_process: /^processing\/(in_process|in_review)$/,
  authorized: /^action_required\/waiting_capture$/,
  approved: /^processed\/(accredited|partially_refunded)$/,
  in_mediation: /^processed\/(accredited|partially_refunded)$/,
  rejected: /^failed\/failed$/,
  cancelled: /^(canceled\/canceled|expired\/expired)$/,
  refunded: /^refunded\/refunded$/,
  charged_back: /^charged_back\/(in_process|settled|reimbursed)$/,
}
const WITHOUT_PAYMENT = /^(created\/created|failed\/failed|canceled\/canceled|expired\/expired)$/

/** The first rule that an order breaks as the API shows it, or null. */
function brokenRule(fair: Fair, order: Order): string | null {
  const view: any = orderView(fair.sim, order)
  const { payments, refunds = [] } = view.transactions
  const made = paymentsOf(fair, order)
  const paid = sum(payments.map((one: any) => cents(one.paid_amount)))
  const refunded = sum(payments.map((one: any) => cents(one.refunded_amount)))
  const moved = refunds.filter(({ status }: any) => status === 'processed')
  const state = `${view.status}/${view.status_detail}`
  const rules = {
    'no more is refunded than was paid': refunded <= paid,
    'refunds add up': refunded === sum(moved.map((one: any) => cents(one.amount))),
    'what is paid adds up': cents(view.total_paid_amount) === paid,
    'payments are what was ordered':
      view.status === 'created' ||
      made.length === 0 ||
      sum(payments.map((one: any) => cents(one.amount))) === cents(view.total_amount),
    'a part that is back is told':
      (refunded > 0 && refunded < paid) === /partially/.test(state) ||
      view.status === 'charged_back',
    'what is paid is what payments took':
      paid === sum(made.map((one) => (one.approvedAt === null ? 0 : one.amountMinor))),
    'what is back is what payments gave': refunded === sum(made.map((one) => one.refundedMinor)),
    'the states agree':
      made.length === 0 ? WITHOUT_PAYMENT.test(state) : AGREES[made[0].status].test(state),
    'the payment knows its order': made.every((one) => one.orderId === order.id),
    'each has its own id':
      new Set([order.id, ...payments.map(({ id }: any) => id), ...refunds.map(({ id }: any) => id)])
        .size ===
      1 + payments.length + refunds.length,
  }
  return Object.entries(rules).find(([, kept]) => !kept)?.[0] ?? null
}

/** What a reader of the journal alone knows of each order. */
function told(journal: JournalEntry[]): Map<unknown, JournalEntry> {
  const effects = journal.filter(({ effect }) => String(effect).startsWith('order.'))
  return new Map(effects.map((entry) => [entry.order_id, entry]))
}

test.group('Simulator | orders, whatever happens', () => {
  test('agree with their payments, and what is illegal changes nothing', async ({ assert }) => {
    await holds([steps], (story) => {
      const fair = openFair()
      for (const step of story) {
        const before = effectsOf(fair)
        if (!take(fair, step)) assert.equal(effectsOf(fair), before)
        for (const order of stored(fair)) assert.isNull(brokenRule(fair, order))
      }
      close(fair)
    })
  }).timeout(300_000)

  test('are told by the journal, whose payments hold all the money', async ({ assert }) => {
    const seen = new Set<string>()
    await holds([steps], (story) => {
      const fair = openFair()
      for (const step of story) take(fair, step)
      const journal = fair.sim.journal.read(0, 100_000)
      const entries = told(journal)
      assert.sameMembers([...entries.keys()], fair.orders)
      for (const order of stored(fair)) {
        const payments = paymentsOf(fair, order)
        assert.containSubset(entries.get(order.id), {
          status: order.status,
          status_detail: order.detail,
          total_minor: order.totalMinor,
          paid_minor: sum(payments.map((one) => (one.approvedAt === null ? 0 : one.amountMinor))),
          refunded_minor: sum(payments.map((one) => one.refundedMinor)),
          payment_ids: payments.map(({ id }) => id),
          version: order.version,
        })
      }
      const ledger = replay(journal)
      for (const { id } of [fair.platform, fair.seller]) {
        const { availableMinor, pendingMinor, blockedMinor } = fair.sim.balances.of(id)
        assert.equal(ownedBy(ledger, id), availableMinor + pendingMinor + blockedMinor)
      }
      for (const { effect } of journal) seen.add(String(effect))
      close(fair)
    })
    const effects = [...seen].filter((effect) => effect.startsWith('order.'))
    assert.sameMembers(effects, [
      ...['created', 'action_required', 'processing', 'processed', 'failed'].map(
        (one) => `order.${one}`
      ),
      ...['canceled', 'expired', 'refunded', 'charged_back'].map((one) => `order.${one}`),
    ])
  }).timeout(300_000)
})
