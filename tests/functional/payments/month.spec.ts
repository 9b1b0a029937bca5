import { test } from '@japa/runner'
import { ledgerPosition } from '#app/admin/queries/ledger_position'
import { clock } from '#app/core/clock'
import type User from '#app/identity/models/user'
import TenantBalance from '#app/ledger/models/tenant_balance'
import { balanceAt } from '#app/ledger/queries/balance_at'
import { ReconcileReceivables } from '#app/payments/actions/reconcile_receivables'
import { ReleaseBalances } from '#app/payments/actions/release_balances'
import { feeLines, feeTotals } from '#app/payments/queries/fee_statement'
import { statement, type Line } from '#app/payments/queries/statement'
import { FailPayout } from '#app/payouts/actions/fail_payout'
import { MarkPayoutPaid } from '#app/payouts/actions/mark_payout_paid'
import { ReturnPayout } from '#app/payouts/actions/return_payout'
import type Charge from '#app/receivables/models/charge'
import type { ChargeMethod } from '#app/receivables/models/charge'
import type Customer from '#app/receivables/models/customer'
import { ARGENTINE_ACCOUNT_ID } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { aceProcess } from '#tests/support/ace_process'
import { tryToPay } from '#tests/support/checkout'
import { givenMember } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { command, givenDestination, givenPayout } from '#tests/support/payouts'
import { givenCustomer, givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const SALES = 40
/** In Argentina, where taxes are withheld as well. */
const ways: ChargeMethod[] = ['rapipago', 'pagofacil', 'link']
/** Cents that do not divide: 1,234.57, 4,972.34 … */
const priceOf = (at: number) => 123_457 + 373_777 * (at % 17) + at

/** What lies in the platform's account, by the provider's own books. */
async function atProvider(): Promise<number> {
  const path = `/accounts/${ARGENTINE_ACCOUNT_ID}/balance`
  const { available, pending, blocked } = await simulator.control('GET', path)
  return Math.round((available + pending + blocked) * 100)
}

/** This account's application sends no news: the search finds what happened. */
async function notice() {
  await new ReconcileReceivables().handle({ days: 2 })
  await drainWork()
}

async function sell(tenant: Tenant, customer: Customer, at: number): Promise<Charge> {
  const sale = { customer, amountMinor: priceOf(at), dueInDays: 10 }
  const receivable = await givenReceivable(tenant, sale)
  const charge = await issue(tenant, receivable, ways[at % 3])
  if (charge.method === 'link') await tryToPay(charge)
  else await simulator.pay(charge.providerPaymentId!)
  await notice()
  return charge.refresh()
}

async function passes(days: number) {
  await simulator.advance({ seconds: Math.round(days * 86_400) })
  await drainWork()
  await new ReleaseBalances().handle()
  await drainWork()
}

const tell = async ({ providerPaymentId }: Charge, what: string, body: object = {}) => {
  await simulator.control('POST', `/payments/${providerPaymentId}/${what}`, body)
  await notice()
}

/** By hand, at the platform's bank: what leaves the ledger leaves the account. */
const ownMoney = (kind: 'withdrawal' | 'deposit', amountMinor: number) =>
  simulator.control('POST', `/accounts/${ARGENTINE_ACCOUNT_ID}/movements`, {
    ...{ kind, amount: amountMinor / 100 },
  })

async function payOut(tenant: Tenant, owner: User, amountMinor: number, reference: string) {
  const { id: payoutId } = await givenPayout(tenant, owner, amountMinor, 'processing')
  await ownMoney('withdrawal', amountMinor)
  await new MarkPayoutPaid().handle({ payoutId, bankReference: reference, actor: command })
  return payoutId
}

/** Every movement, the oldest first. */
async function wholeStatement({ id: tenantId, currency }: Tenant): Promise<Line[]> {
  const { lines, next } = await statement({ tenantId, currency, limit: 500 })
  if (next) throw new Error('more movements than the test reads')
  return lines.toReversed()
}

test.group('A month of a tenant’s life', (group) => {
  group.each.setup(givenWebhookSecret)

  test('statement, balances, close and ledger agree to the cent with the provider', async ({
    assert,
  }) => {
    const tenant = await givenSeller({ country: 'AR' })
    const { user: owner } = await givenMember(tenant, 'owner')
    await givenDestination(tenant, owner)
    const customer = await givenCustomer(tenant)
    const atFirst = await atProvider()
    const from = clock.now()
    const sales: Charge[] = []
    const events: Record<number, () => Promise<unknown>> = {
      6: () => tell(sales[4], 'refunds'),
      10: () => tell(sales[9], 'refunds', { amount: 500 }),
      14: () => tell(sales[9], 'refunds', { amount: 333.33 }),
      16: () => tell(sales[2], 'chargebacks'),
      18: () => tell(sales[11], 'chargebacks'),
      22: () => tell(sales[2], 'chargebacks/reimburse'),
      24: () => tell(sales[11], 'chargebacks/settle'),
      26: () => payOut(tenant, owner, 10_000_00, 'E2026-1'),
      30: async () => {
        const { id: payoutId } = await givenPayout(tenant, owner, 20_000_00, 'processing')
        await new FailPayout().handle({ payoutId, reason: 'Account closed', actor: command })
      },
      34: async () => {
        const payoutId = await payOut(tenant, owner, 30_000_00, 'E2026-2')
        await ownMoney('deposit', 30_000_00)
        await new ReturnPayout().handle({ payoutId, reason: 'Returned', actor: command })
      },
      38: () => tell(sales[20], 'refunds', { amount: 777.77 }),
    }
    for (let at = 0; at < SALES; at++) {
      sales.push(await sell(tenant, customer, at))
      await events[at]?.()
      await passes(0.75)
    }
    await passes(35)

    const balance = await TenantBalance.findByOrFail('tenantId', tenant.id)
    const buckets = {
      pendingMinor: balance.pendingMinor,
      availableMinor: balance.availableMinor,
      reservedMinor: balance.reservedMinor,
    }
    const lines = await wholeStatement(tenant)
    const kinds = Map.groupBy(lines, ({ kind }) => kind)
    assert.equal(kinds.get('payment_approved')?.length, SALES)
    assert.isAbove(
      lines.flatMap(({ charges }) => charges).filter(({ type }) => type === 'tax').length,
      SALES - 1
    )
    assert.equal(kinds.get('refund')?.length, 4)
    assert.equal(kinds.get('payout_returned')?.length, 1)
    assert.equal(kinds.get('payout_undone')?.length, 1)
    assert.deepEqual(lines.at(-1)!.after, buckets)
    const ever = { tenantId: tenant.id, currency: tenant.currency }
    assert.deepEqual(await balanceAt({ ...ever, before: clock.now().plus({ days: 1 }) }), buckets)

    const [position] = await ledgerPosition()
    assert.deepEqual(position.differences, [])
    assert.equal(position.gatewayMinor, (await atProvider()) - atFirst)
    const theirs = buckets.pendingMinor + buckets.availableMinor + buckets.reservedMinor
    assert.equal(theirs + position.earnedMinor + position.otherMinor, position.gatewayMinor)
    assert.equal(position.disputesMinor, 0)
    const fees = await feeLines({ tenantIds: [tenant.id], from, until: clock.now() })
    assert.equal(feeTotals(fees).netMinor, position.earnedMinor)

    const verified = await aceProcess('ledger:verify', '--json').ended
    assert.equal(verified.exitCode, 0, verified.stdout)
    const closed = await aceProcess('ledger:close', '--json').ended
    assert.equal(closed.exitCode, 0, closed.stdout)
  }).timeout(30_000_000)
})
