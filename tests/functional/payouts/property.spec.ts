import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { transaction } from '#app/core/transaction'
import { DomainError } from '#app/core/errors'
import { advance, onPayout } from '#app/payouts/movements'
import { StartPayout } from '#app/payouts/actions/start_payout'
import { openPayout } from '#app/payouts/open_payout'
import type { PayoutState } from '#app/payouts/models/payout'
import type Tenant from '#app/tenants/models/tenant'
import { holds, isLong } from '#tests/support/property'
import { balanceOf, command, givenDueTenants } from '#tests/support/payouts'
import { givenAvailable, givenTakenBack } from '#tests/support/posted_money'

/** What each tenant has before anything happens, in minor units. */
const BEGINNING = 1

type Step = Exclude<PayoutState, 'requested'>
type Owner = Pick<Tenant, 'id' | 'currency'>
type Event =
  | { kind: 'sale'; minor: number }
  | { kind: 'refund'; minor: number }
  | { kind: 'request'; minor: number }
  | { kind: 'step'; payout: number; to: Step | 'onward' }

const steps: Step[] = [
  'approved',
  'processing',
  'paid',
  'failed',
  'rejected',
  'cancelled',
  'returned',
]
const onward: Partial<Record<PayoutState, Step>> = {
  requested: 'approved',
  approved: 'processing',
  processing: 'paid',
  paid: 'returned',
}

const minor = fc.integer({ min: 1, max: 500 })
const money = <Kind extends 'sale' | 'refund' | 'request'>(kind: Kind) =>
  fc.record({ kind: fc.constant(kind), minor })

/** Mostly onward, so that the long way to *returned* is walked often. */
const step = fc.record({
  kind: fc.constant('step' as const),
  payout: fc.nat({ max: 1 }),
  to: fc.oneof(
    { weight: 3, arbitrary: fc.constant('onward' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...steps) }
  ),
})
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 2, arbitrary: money('sale') },
  { weight: 1, arbitrary: money('refund') },
  { weight: 2, arbitrary: money('request') },
  { weight: 8, arbitrary: step }
)

/** What the books must say, kept apart from the code: plain sums, and a table of its own. */
class Model {
  available = BEGINNING
  reserved = 0
  /** What is in the platform's account. */
  held = BEGINNING
  payouts: { state: PayoutState; minor: number }[] = []

  request(amount: number): boolean {
    if (this.available <= 0 || amount > this.available) return false
    this.available -= amount
    this.reserved += amount
    this.payouts.push({ state: 'requested', minor: amount })
    return true
  }

  step(index: number, to: Step): boolean {
    const payout = this.payouts[index]
    const from = payout?.state
    const waits = from === 'requested' || from === 'approved'
    const back = () => {
      this.reserved -= payout.minor
      this.available += payout.minor
    }
    if (to === 'approved' && from === 'requested') payout.state = to
    else if (to === 'processing' && from === 'approved' && this.available >= 0) payout.state = to
    else if ((to === 'rejected' || to === 'cancelled') && waits) back()
    else if (to === 'failed' && from === 'processing') back()
    else if (to === 'paid' && from === 'processing') {
      this.reserved -= payout.minor
      this.held -= payout.minor
    } else if (to === 'returned' && from === 'paid') {
      this.held += payout.minor
      this.available += payout.minor
    } else return false
    payout.state = to
    return true
  }
}

/** False when the product refuses. */
const happens = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error) => {
      if (error instanceof DomainError) return false
      throw error
    }
  )

async function play(tenant: Owner, events: Event[]) {
  const model = new Model()
  const ids: string[] = []
  for (const next of events) {
    if (next.kind === 'sale') {
      await givenAvailable(tenant, next.minor)
      model.available += next.minor
      model.held += next.minor
    } else if (next.kind === 'refund') {
      await givenTakenBack(tenant, next.minor)
      model.available -= next.minor
      model.held -= next.minor
    } else if (next.kind === 'request') {
      const expected = model.request(next.minor)
      const asked = request(tenant, next.minor).then(({ id }) => ids.push(id))
      if ((await happens(asked)) !== expected) throw new Error('request')
    } else {
      const { state } = model.payouts[next.payout] ?? { state: 'requested' }
      const to = next.to === 'onward' ? (onward[state] ?? 'approved') : next.to
      const expected = model.step(next.payout, to)
      const payoutId = ids[next.payout]
      const took = payoutId !== undefined && (await happens(advanceTo(payoutId, to)))
      if (took !== expected) throw new Error(`${to}: expected ${expected}`)
    }
  }
  return model
}

const request = ({ id, currency }: Owner, amountMinor: number) =>
  transaction((trx) =>
    openPayout(trx, {
      tenantId: id,
      currency,
      amountMinor,
      scheduledFor: null,
      requestedBy: null,
      actor: command,
    })
  )

const advanceTo = (payoutId: string, to: Step): Promise<unknown> =>
  to === 'processing'
    ? new StartPayout().handle({ payoutId, actor: command })
    : onPayout({ payoutId }, (trx, payout) => advance(trx, payout, to, command))

const sumOf = async (tenantId: string, account?: string): Promise<number> => {
  const query = db.from('ledger_entries').where('tenant_id', tenantId)
  const [{ total }] = await (account ? query.where('account', account) : query).sum(
    'amount_minor as total'
  )
  return Number(total ?? 0)
}

test('any sequence of sales, refunds and payouts leaves the books as plain sums say', async ({
  assert,
}) => {
  const tenants: string[] = []
  await holds([fc.array(event, { minLength: 4, maxLength: 20 })], async (events) => {
    if (tenants.length === 0) tenants.push(...(await givenDueTenants(300, BEGINNING)))
    const id = tenants.pop()!
    const tenant = { id, currency: 'BRL' }
    const model = await play(tenant, events)
    assert.deepEqual(await balanceOf(tenant), {
      pending: 0,
      available: model.available,
      reserved: model.reserved,
    })
    assert.equal(await sumOf(id), 0)
    assert.equal(await sumOf(id, 'platform:gateway'), model.held)
    const open = model.payouts.filter(({ state }) =>
      ['requested', 'approved', 'processing'].includes(state)
    )
    assert.equal(
      open.reduce((sum, payout) => sum + payout.minor, 0),
      model.reserved
    )
  })
}).timeout(isLong ? 3_600_000 : 300_000)
