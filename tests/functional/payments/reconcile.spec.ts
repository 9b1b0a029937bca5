import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import { AskForCharges, type AskResult } from '#app/payments/actions/ask_for_charges'
import {
  ReconcileReceivables,
  type ReconcileResult,
} from '#app/payments/actions/reconcile_receivables'
import ExceptionCase from '#app/payments/models/exception_case'
import Payment from '#app/payments/models/payment'
import { FOREIGN_ACCOUNT_ID } from '#app/simulator/main'
import { aceProcess } from '#tests/support/ace_process'
import { bucketsOf, givenCharge, makePix, postings } from '#tests/support/money'
import {
  givenBoleto,
  givenPlatformAccount,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

/** Nothing is ever told: the simulator's notifications are thrown away. */
const silence = async () => {
  await simulator.fault({ kind: 'drop' })
}

async function ask(input: Parameters<AskForCharges['handle']>[0] = {}) {
  const outcomes: AskResult['outcome'][] = []
  await new AskForCharges().handle({ ...input, onResult: ({ outcome }) => outcomes.push(outcome) })
  return outcomes.sort()
}

async function reconcile(days = 3, more = {}) {
  const results: ReconcileResult[] = []
  const report = await new ReconcileReceivables().handle({
    days,
    ...more,
    onResult: (result) => results.push(result),
  })
  return { report, outcomes: results.map(({ outcome }) => outcome).sort() }
}

const outcomesOf = async (...input: Parameters<typeof reconcile>) => {
  const { outcomes } = await reconcile(...input)
  return outcomes
}

test.group('Asking for charges', (group) => {
  group.each.setup(silence)

  test('finds a payment of which no news came', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge, receivable } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)
    assert.deepEqual(await ask(), [])
    await simulator.advance({ days: 1, seconds: 60 })
    assert.deepEqual(await ask(), ['settled'])
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
    assert.deepEqual(await ask(), [])
  })

  test('asks a charge that stays pending once a day', async ({ assert }) => {
    const tenant = await givenSeller()
    await givenBoleto(tenant)
    for (let day = 0; day < 2; day++) {
      await simulator.advance({ days: 1, seconds: 60 })
      assert.deepEqual(await ask(), ['settled'])
      assert.deepEqual(await ask(), [])
    }
  })

  test("searches by reference where the provider's id is not known", async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge } = await givenBoleto(tenant)
    const id = charge.providerPaymentId!
    await charge.merge({ providerPaymentId: null }).save()
    await simulator.pay(id)
    await simulator.advance({ days: 1, seconds: 60 })
    assert.deepEqual(await ask(), ['settled'])
    await charge.refresh()
    assert.equal(charge.providerPaymentId, id)
    assert.equal(charge.state, 'approved')
  })

  test('asks for each charge once when several runs meet', async ({ assert }) => {
    const tenant = await givenSeller()
    for (let time = 0; time < 3; time++) await givenBoleto(tenant)
    await simulator.advance({ days: 1, seconds: 60 })
    const outcomes = await Promise.all([ask(), ask(), ask()])
    assert.lengthOf(outcomes.flat(), 3)
  })
})

test.group('Searching the accounts', (group) => {
  group.each.setup(silence)

  test('finds everything after five days without a word', async ({ assert }) => {
    const tenant = await givenSeller()
    const [paid, refunded, disputed] = [1, 2, 3].map(() => givenBoleto(tenant))
    for (const boleto of [paid, refunded, disputed]) {
      const { charge } = await boleto
      await simulator.pay(charge.providerPaymentId!)
    }
    const act = async (boleto: typeof paid, path: string) => {
      const { charge } = await boleto
      await simulator.control('POST', `/payments/${charge.providerPaymentId}/${path}`, {})
    }
    await act(refunded, 'refunds')
    await act(disputed, 'chargebacks')
    await simulator.advance({ days: 5 })
    const { report } = await reconcile(7)
    assert.containsSubset(report, { asked: 3, failed: 0 })
    assert.deepEqual(await bucketsOf(tenant), [14_501, -499, 15_000])
    assert.deepEqual(await outcomesOf(7), [])
  })

  test('goes back to where the last whole search ended, however long nobody searched', async ({
    assert,
  }) => {
    const account = await givenPlatformAccount()
    await reconcile()
    const id = await makePix('by-hand')
    await simulator.pay(id)
    await simulator.advance({ days: 40 })
    assert.deepEqual(await outcomesOf(3, { dryRun: true }), ['found'])
    assert.deepEqual(await outcomesOf(3), ['found'])
    await account.refresh()
    await makePix('again')
    assert.equal(account.searchedUntil!.toISODate(), clock.now().toISODate())
    await simulator.advance({ days: 1 })
    assert.deepEqual(await outcomesOf(3, { limit: 1 }), ['found'])
    const { searchedUntil } = await account.refresh()
    assert.equal(searchedUntil!.toISODate(), clock.now().minus({ days: 1 }).toISODate())
  })

  test('finds what changed on a payment that is known', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)
    await reconcile()
    await simulator.advance({ seconds: 5 })
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/refunds`, {})
    assert.deepEqual(await outcomesOf(), ['found'])
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
  })

  test('lists money of which we know no charge, and only once', async ({ assert }) => {
    await givenSeller()
    const id = await makePix('by-hand')
    await reconcile()
    assert.lengthOf(await ExceptionCase.all(), 0)
    await simulator.pay(id)
    await reconcile()
    await reconcile()
    const cases = await ExceptionCase.all()
    assert.deepEqual(
      cases.map(({ kind, tenantId, details }) => [kind, tenantId, details.amountMinor]),
      [['unknown_payment', null, 1234]]
    )
    assert.deepEqual(await postings(), {})
    assert.lengthOf(await Payment.all(), 0)
  })

  test('leaves alone what another account received', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)
    const account = await givenPlatformAccount()
    await account.merge({ collectorId: String(FOREIGN_ACCOUNT_ID) }).save()
    assert.deepEqual(await outcomesOf(), [])
    assert.lengthOf(await Payment.all(), 0)
    assert.lengthOf(await ExceptionCase.all(), 0)
  })

  test('goes on with other accounts when one fails, and says so', async ({ assert }) => {
    await givenSeller()
    await simulator.fault({ kind: 'server_error', route: 'GET /v1/payments/search', times: 1 })
    const { report, outcomes } = await reconcile()
    assert.deepEqual(outcomes, ['search_failed'])
    assert.containsSubset(report, { failed: 1 })
  })

  test('goes on with other payments when one cannot be read, and says so', async ({ assert }) => {
    const tenant = await givenSeller()
    for (let time = 0; time < 2; time++) {
      const { charge } = await givenBoleto(tenant)
      await simulator.pay(charge.providerPaymentId!)
    }
    const odd = { kind: 'wrong_currency', currency_id: 'USD', times: 1 }
    await simulator.fault({ ...odd, route: 'GET /v1/payments/:id' })
    const { report, outcomes } = await reconcile()
    assert.deepEqual(outcomes, ['failed', 'found'])
    assert.containsSubset(report, { found: 2, failed: 1 })
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    assert.deepEqual(await outcomesOf(), ['found'])
    assert.deepEqual(await bucketsOf(tenant), [2 * 14_501, 0, 0])
  })

  test('reads page after page', async ({ assert }) => {
    const tenant = await givenSeller()
    const account = await givenPlatformAccount()
    const receivable = await givenReceivable(tenant)
    for (let time = 0; time < 105; time++) {
      const charge = await givenCharge(receivable, account, { method: 'pix', state: 'rejected' })
      await makePix(`${time}`, charge.externalReference)
    }
    const { report } = await reconcile(1)
    assert.containsSubset(report, { found: 105, failed: 0 })
    assert.lengthOf(await Payment.all(), 105)
  }).timeout(60_000)

  test('changes nothing on a dry run', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)
    await simulator.advance({ days: 2 })
    assert.deepEqual(await outcomesOf(3, { dryRun: true }), ['due', 'found'])
    assert.lengthOf(await Payment.all(), 0)
    const { report } = await reconcile(3, { tenant: 'nobody' })
    assert.equal(report.state, 'unknown_tenant')
    assert.deepEqual(await outcomesOf(3, { tenant: tenant.slug }), ['settled'])
  })

  test('runs as a command', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)
    const { exitCode, stdout } = await aceProcess('receivables:reconcile', '--json').ended
    assert.equal(exitCode, 0)
    assert.containsSubset(JSON.parse(stdout), { found: 1, failed: 0 })
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    const wrong = await aceProcess('receivables:reconcile', '--days=1000').ended
    assert.equal(wrong.exitCode, 2)
  }).timeout(60_000)
})
