import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { asOwner } from '../../../app/simulator/api/api_call.js'
import { tokenize } from '../../../app/simulator/cards/tokenize.js'
import { PLATFORM_ACCOUNT_ID, defaultScenario } from '../../../app/simulator/main.js'
import { Simulator } from '../../../app/simulator/simulator.js'
import { settleDueSubscriptions } from '../../../app/simulator/subscriptions/due.js'
import { readPreapproval } from '../../../app/simulator/subscriptions/preapproval_request.js'
import { subscribe as subscribeAt } from '../../../app/simulator/subscriptions/subscribe.js'
import { cardInput } from './card_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'
import {
  advance,
  cardToken,
  createPlan,
  dayOf,
  invoices,
  preapproval,
  preapprovalRequest,
  put,
  recurring,
  rename,
  startOn,
  subscribe,
  its,
} from './subscription_support.js'

const DAILY = { frequency: 1, frequency_type: 'days' }

test.group('Simulator | instalments of subscriptions', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    await startOn(simulator, '2027-01-31')
    return () => simulator.close()
  })

  const invoice = (id: number) =>
    bodyOf(simulator.get(`/authorized_payments/${id}`)) as Promise<Record<string, any>>

  /** What a few fields of each instalment say. */
  async function told(id: string, ...names: string[]) {
    const all = await invoices(simulator, id)
    return all.map((one) => names.map((name) => one[name]))
  }

  async function daysAndStates(id: string) {
    const all = await invoices(simulator, id)
    return all.map(({ debit_date: date, status }) => `${dayOf(date)} ${status}`)
  }

  test('are collected an hour after the payer agreed, then at each date', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    assert.deepEqual(await told(id, 'status', 'retry_attempt', 'summarized'), [
      ['scheduled', 0, 'pending'],
    ])
    await advance(simulator, 0, 0.9)
    assert.deepEqual(await told(id, 'status'), [['scheduled']])
    await advance(simulator, 0, 0.2)
    assert.deepEqual(await told(id, 'status', 'retry_attempt', 'summarized'), [
      ['processed', 1, 'done'],
    ])
    await advance(simulator, 95)
    assert.deepEqual(await daysAndStates(id), [
      '2027-01-31 processed',
      '2027-02-28 processed',
      '2027-03-31 processed',
      '2027-04-30 processed',
    ])
    const { next_payment_date: next } = await preapproval(simulator, id)
    assert.equal(dayOf(next), '2027-05-31')
  })

  test('are payments like any other, dated when they were due', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 60)
    const [, second] = await invoices(simulator, id)
    const paid = await simulator.payment(second.payment.id)
    assert.deepInclude(paid, {
      operation_type: 'recurring_payment',
      status: 'approved',
      transaction_amount: 49.9,
      external_reference: 'YG-1234',
      description: 'Yoga classes',
      metadata: { preapproval_id: id },
      money_release_status: 'released',
    })
    assert.deepEqual(paid.fee_details, [
      { type: 'mercadopago_fee', amount: 2.49, fee_payer: 'collector' },
    ])
    assert.equal(dayOf(paid.date_approved), '2027-02-28')
    assert.equal(dayOf(paid.money_release_date), '2027-03-14')
    assert.deepInclude(paid.point_of_interaction.transaction_data, {
      subscription_id: id,
      invoice_id: String(second.id),
      subscription_sequence: { number: 2, total: null },
      first_time_use: false,
      billing_date: '2027-02-28',
    })
  })

  test('can be refunded and disputed, which the instalment shows', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 30)
    const [first, second] = await invoices(simulator, id)
    await simulator.post(`/v1/payments/${first.payment.id}/refunds`, {})
    await simulator.control(`/payments/${second.payment.id}/chargebacks`)
    assert.equal(await its(invoice(first.id), 'payment.status'), 'refunded')
    assert.equal(await its(invoice(second.id), 'payment.status'), 'charged_back')
    assert.equal(await its(invoice(first.id), 'status'), 'processed')
    const { summarized } = await preapproval(simulator, id)
    assert.equal(summarized.charged_quantity, 2)
  })

  test('happen in order with everything else, however far the clock moves', async ({ assert }) => {
    await subscribe(simulator)
    await subscribe(simulator, { auto_recurring: recurring({ ...DAILY, frequency: 10 }) })
    await advance(simulator, 200)
    const { body: journal } = await simulator.get('/_simulator/journal?limit=10000')
    const effects = journal.filter(({ kind }: any) => kind === 'effect')
    const times = effects.map(({ at }: any) => Date.parse(at))
    assert.isAbove(times.length, 100)
    assert.deepEqual(
      times,
      times.toSorted((one: number, other: number) => one - other)
    )
  })

  test('that are refused are tried four times in ten days, then lost', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await rename(simulator, id, 'FUND')
    await advance(simulator, 0, 2)
    const [first] = await invoices(simulator, id)
    assert.deepInclude(first, {
      status: 'recycling',
      retry_attempt: 1,
      rejection_code: 'cc_rejected_insufficient_amount',
    })
    assert.equal(dayOf(first.next_retry_date), '2027-02-03')
    assert.equal(await its(preapproval(simulator, id), 'summarized.semaphore'), 'yellow')
    await advance(simulator, 7)
    assert.deepEqual(await told(id, 'status', 'retry_attempt'), [['recycling', 3]])
    await advance(simulator, 3)
    assert.deepEqual(await told(id, 'status', 'retry_attempt', 'next_retry_date', 'summarized'), [
      ['processed', 4, null, 'done'],
    ])
    const lost = await invoice(first.id)
    assert.equal(lost.payment.status, 'rejected')
    const after = await preapproval(simulator, id)
    assert.deepInclude(after.summarized, { semaphore: 'red', charged_quantity: null })
    assert.equal(after.status, 'authorized')
    const tried = await bodyOf(simulator.get('/v1/payments/search?status=rejected'))
    assert.equal(tried.paging.total, 4)
    for (const { id: paymentId } of tried.results) {
      const path = `/authorized_payments/search?payment_id=${paymentId}`
      const { results } = await bodyOf(simulator.get(path))
      assert.equal(results[0].id, first.id)
    }
  })

  test('recover when the card pays again, and only once', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await rename(simulator, id, 'CALL')
    await advance(simulator, 1)
    await rename(simulator, id, 'APRO')
    await advance(simulator, 20)
    assert.deepEqual(await told(id, 'status', 'retry_attempt'), [['processed', 2]])
    const { summarized } = await preapproval(simulator, id)
    assert.deepInclude(summarized, {
      charged_quantity: 1,
      charged_amount: 49.9,
      semaphore: 'green',
    })
    assert.equal(dayOf(summarized.last_charged_date), '2027-02-03')
    const paid = await bodyOf(
      simulator.get('/v1/payments/search?status=approved&external_reference=YG-1234')
    )
    assert.equal(paid.paging.total, 1)
  })

  test('end the subscription when three are lost in a row', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 1)
    await rename(simulator, id, 'OTHE')
    await advance(simulator, 60)
    await rename(simulator, id, 'APRO')
    await advance(simulator, 30)
    assert.equal(await its(preapproval(simulator, id), 'status'), 'authorized')
    await rename(simulator, id, 'OTHE')
    await advance(simulator, 100)
    const after = await preapproval(simulator, id)
    assert.equal(after.status, 'cancelled')
    assert.deepInclude(after.summarized, { charged_quantity: 3, semaphore: 'red' })
    assert.lengthOf(await invoices(simulator, id), 7)
    const cancelled = await simulator.journal('preapproval.cancelled')
    assert.deepEqual(
      cancelled.map(({ cause }) => cause),
      ['instalments_lost']
    )
    await advance(simulator, 100)
    assert.lengthOf(await invoices(simulator, id), 7)
  })

  test('wait for a payment that is looked at by hand, and follow what is decided', async ({
    assert,
  }) => {
    const { id } = await subscribe(simulator)
    await rename(simulator, id, 'CONT')
    await advance(simulator, 0, 2)
    const [first] = await invoices(simulator, id)
    assert.equal(first.status, 'waiting_for_gateway')
    assert.equal(first.payment.status, 'in_process')
    await simulator.control(`/payments/${first.payment.id}/approve`)
    assert.equal(await its(invoice(first.id), 'status'), 'processed')
    await advance(simulator, 30)
    const [, second] = await invoices(simulator, id)
    await simulator.control(`/payments/${second.payment.id}/reject`)
    assert.equal(await its(invoice(second.id), 'status'), 'recycling')
    await advance(simulator, 2)
    assert.equal(await its(invoice(second.id), 'retry_attempt'), 2)
    const waiting = await invoice(second.id)
    await simulator.call('PUT', `/v1/payments/${waiting.payment.id}`, { status: 'cancelled' })
    assert.equal(await its(invoice(second.id), 'status'), 'recycling')
    await advance(simulator, 3)
    const third = await invoice(second.id)
    assert.deepEqual([third.status, third.retry_attempt], ['waiting_for_gateway', 3])
    // Decided after the last day on which it could be tried again.
    await advance(simulator, 12)
    await simulator.control(`/payments/${third.payment.id}/reject`)
    assert.equal(await its(invoice(second.id), 'status'), 'processed')
    const { summarized } = await preapproval(simulator, id)
    assert.equal(summarized.charged_quantity, 1)
  })

  test('are collected with the second card when the first one is refused', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    const { body } = await put(simulator, id, {
      card_token_id_secondary: await cardToken(simulator),
      payment_method_id_secondary: 'master',
    })
    assert.isNumber(body.card_id_secondary)
    assert.equal(body.payment_method_id_secondary, 'master')
    await rename(simulator, id, 'FUND')
    await advance(simulator, 0, 2)
    const [first] = await invoices(simulator, id)
    assert.deepInclude(first, { status: 'processed', retry_attempt: 1 })
    const paid = await simulator.payment(first.payment.id)
    assert.equal(paid.card.id, String(body.card_id_secondary))
  })

  test('are lost with a card that is over', async ({ assert }) => {
    const { id } = await subscribe(simulator, {
      auto_recurring: recurring({ frequency: 12 }),
    })
    await advance(simulator, 366 * 4)
    const all = await invoices(simulator, id)
    const rejected = all.filter(({ rejection_code: code }) => code)
    assert.isNotEmpty(rejected)
    assert.equal(rejected[0].rejection_code, 'cc_rejected_bad_filled_date')
  })

  test('stop while it is paused and are not made up for', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 1)
    const { body: paused } = await put(simulator, id, { status: 'paused' })
    assert.equal(paused.status, 'paused')
    await advance(simulator, 65)
    assert.lengthOf(await invoices(simulator, id), 1)
    const before = await preapproval(simulator, id)
    assert.equal(dayOf(before.next_payment_date), '2027-04-30')
    const { body: resumed } = await put(simulator, id, { status: 'authorized' })
    assert.equal(resumed.next_payment_date, before.next_payment_date)
    assert.lengthOf(await invoices(simulator, id), 1)
    await advance(simulator, 30)
    assert.deepEqual(await daysAndStates(id), ['2027-01-31 processed', '2027-04-30 processed'])
  })

  test('are given up when it is paused or cancelled before they could be collected', async ({
    assert,
  }) => {
    for (const status of ['paused', 'cancelled']) {
      for (const name of ['APRO', 'FUND', 'CONT']) {
        const { id } = await subscribe(simulator)
        await rename(simulator, id, name)
        if (name !== 'APRO') await advance(simulator, 0, 2)
        await put(simulator, id, { status })
        await advance(simulator, 12)
        const [first] = await invoices(simulator, id)
        assert.deepInclude(first, { status: 'cancelled', summarized: 'done' }, `${status} ${name}`)
        const ended = { APRO: undefined, FUND: 'rejected', CONT: 'cancelled' }[name]
        assert.equal(first.payment?.status, ended)
      }
    }
  })

  test('never come after a cancellation, by the seller or the payer', async ({ assert }) => {
    const bySeller = await subscribe(simulator)
    const byPayer = await subscribe(simulator)
    await advance(simulator, 1)
    const { body: ended } = await put(simulator, bySeller.id, { status: 'cancelled' })
    assert.equal(ended.status, 'cancelled')
    await simulator.control(`/preapprovals/${byPayer.id}/cancel`)
    const { next_payment_date: next } = await preapproval(simulator, byPayer.id)
    await advance(simulator, 400)
    for (const { id } of [bySeller, byPayer]) {
      assert.lengthOf(await invoices(simulator, id), 1)
    }
    assert.equal(await its(preapproval(simulator, byPayer.id), 'next_payment_date'), next)
  })

  test('begin after the trial, which nobody pays', async ({ assert }) => {
    const trial = { frequency: 1, frequency_type: 'months' }
    const { id } = await subscribe(simulator, { auto_recurring: recurring({ free_trial: trial }) })
    await advance(simulator, 27)
    assert.isEmpty(await invoices(simulator, id))
    await advance(simulator, 1.1)
    assert.deepEqual(await daysAndStates(id), ['2027-02-28 processed'])
  })

  test('are as many as a plan repeats, and then it ends', async ({ assert }) => {
    const plan = await createPlan(simulator, { repetitions: 3 })
    const { id } = await subscribe(simulator, { preapproval_plan_id: plan.id })
    const left = async () => {
      const { summarized } = await preapproval(simulator, id)
      return [summarized.pending_charge_quantity, summarized.pending_charge_amount]
    }
    assert.deepEqual(await left(), [3, 149.7])
    await advance(simulator, 1)
    assert.deepEqual(await left(), [2, 99.8])
    await advance(simulator, 65)
    const last = await preapproval(simulator, id)
    assert.equal(last.status, 'authorized')
    assert.deepEqual(await left(), [0, 0])
    assert.equal(dayOf(last.auto_recurring.end_date), '2027-04-30')
    await advance(simulator, 25)
    assert.equal(await its(preapproval(simulator, id), 'status'), 'cancelled')
    assert.lengthOf(await invoices(simulator, id), 3)
  })

  test('fall due before the end date only', async ({ assert }) => {
    const { id } = await subscribe(simulator, {
      auto_recurring: recurring({ end_date: '2027-03-31T12:00:00.000Z' }),
    })
    await advance(simulator, 90)
    assert.deepEqual(await daysAndStates(id), ['2027-01-31 processed', '2027-02-28 processed'])
    const after = await preapproval(simulator, id)
    assert.equal(after.status, 'cancelled')
    const [{ cause, at }] = await simulator.journal('preapproval.cancelled')
    assert.deepEqual([cause, at], ['finished', '2027-03-31T12:00:00.000Z'])
  })

  test('of a subscription that nobody agreed to in time never come', async ({ assert }) => {
    const { body } = await simulator.call(
      'POST',
      '/preapproval',
      preapprovalRequest({ auto_recurring: recurring({ end_date: '2027-03-31T12:00:00.000Z' }) })
    )
    assert.equal(body.summarized.quotas, 2)
    await advance(simulator, 90)
    assert.equal(await its(preapproval(simulator, body.id), 'status'), 'cancelled')
  })

  test('come on the billing day, the first one in proportion if asked for', async ({ assert }) => {
    const terms = { billing_day: 10, transaction_amount: 100 }
    const whole = await createPlan(simulator, terms)
    const part = await createPlan(simulator, { ...terms, billing_day_proportional: true })
    const amounts = async (planId: string) => {
      const { id } = await subscribe(simulator, { preapproval_plan_id: planId })
      return id as string
    }
    const [one, other] = [await amounts(whole.id), await amounts(part.id)]
    await advance(simulator, 11)
    assert.deepEqual(await told(one, 'transaction_amount'), [[100], [100]])
    assert.deepEqual(await told(other, 'transaction_amount'), [[33.33], [100]])
    assert.deepEqual(await daysAndStates(other), ['2027-01-31 processed', '2027-02-10 processed'])
  })

  test('are whole pesos where there are no others', async ({ assert }) => {
    const { body: account } = await simulator.control('/accounts', { site_id: 'MLC' })
    const headers = { authorization: `Bearer ${account.access_token}` }
    const terms = recurring({ currency_id: 'CLP', transaction_amount: 1000, billing_day: 10 })
    const plan = await bodyOf(
      simulator.call(
        'POST',
        '/preapproval_plan',
        {
          reason: 'Yoga',
          back_url: 'https://shop.example',
          auto_recurring: { ...terms, billing_day_proportional: true },
        },
        headers
      )
    )
    await simulator.control(`/preapproval_plans/${plan.id}/subscriptions`)
    const { body } = await simulator.get(`/_simulator/accounts/${account.id}/preapprovals`)
    assert.equal(body[0].authorized_payments[0].transaction_amount, 333)
  })

  test('are what the subscription has by then, not what it had', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 1)
    await put(simulator, id, { auto_recurring: { transaction_amount: 15 } })
    await advance(simulator, 30)
    assert.deepEqual(await told(id, 'transaction_amount'), [[49.9], [15]])
    const { summarized } = await preapproval(simulator, id)
    assert.deepInclude(summarized, { charged_amount: 64.9, last_charged_amount: 15 })
  })

  test('are charged at once by the control API, each instalment once', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    const charge = () => simulator.control(`/preapprovals/${id}/charge`)
    await charge()
    await charge()
    assert.deepEqual(await told(id, 'status'), [['processed'], ['processed']])
    await advance(simulator, 30)
    assert.lengthOf(await invoices(simulator, id), 2)
    await rename(simulator, id, 'FUND')
    const { body } = await charge()
    assert.equal(body.authorized_payments.at(-1).status, 'recycling')
    await rename(simulator, id, 'CONT')
    await charge()
    const { status } = await charge()
    assert.equal(status, 409)
    assert.lengthOf(await invoices(simulator, id), 3)
  })

  test('add up to what the seller owns', async ({ assert }) => {
    await subscribe(simulator)
    await subscribe(simulator, {
      auto_recurring: recurring({ ...DAILY, transaction_amount: 7.77 }),
    })
    await advance(simulator, 60)
    const { results } = await bodyOf(simulator.get('/v1/payments/search?status=approved&limit=100'))
    const nets = results.map((one: any) => one.transaction_details.net_received_amount as number)
    const net = nets.reduce((sum: number, one: number) => sum + Math.round(one * 100), 0)
    const balance = await bodyOf(
      simulator.get(`/_simulator/accounts/${PLATFORM_ACCOUNT_ID}/balance`)
    )
    assert.equal(Math.round((balance.available + balance.pending) * 100), net)
  })
})

test.group('Simulator | subscriptions after a restart', () => {
  test('go on where they were', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    cleanup(() => rm(folder, { recursive: true }))
    const file = join(folder, 'simulator.sqlite3')
    const before = await startTestSimulator({ file })
    const { id } = await subscribe(before)
    const plan = await createPlan(before)
    await rename(before, id, 'FUND')
    await advance(before, 1)
    const told = await preapproval(before, id)
    const [first] = await invoices(before, id)
    await before.close()

    const after = await startTestSimulator({ file })
    const plain = (text: unknown) => JSON.stringify(text).replaceAll(after.url, before.url)
    assert.equal(plain(await preapproval(after, id)), plain(told))
    assert.equal(plain(await invoices(after, id)), plain([first]))
    assert.equal(await its(after.get(`/preapproval_plan/${plan.id}`), 'status'), 200)
    await advance(after, 3)
    assert.equal(await its(invoices(after, id), '0.retry_attempt'), 2)
    await after.control('/reset')
    assert.equal(await its(after.get(`/preapproval/${id}`), 'status'), 404)
    await after.close()
  })

  test('cost the same on the thousandth day as on the first', async ({ assert }) => {
    const sim = new Simulator(':memory:', defaultScenario)
    sim.accounts.saveApplication({ ...sim.accounts.applications()[0], webhook_url: null })
    const caller = asOwner(sim.accounts.find(PLATFORM_ACCOUNT_ID)!)
    const token = tokenize(sim, caller, cardInput())
    const terms = recurring(DAILY)
    const request = preapprovalRequest({ card_token_id: token.id, auto_recurring: terms })
    const { id } = subscribeAt(sim, caller, readPreapproval(sim, caller, request))
    const spent = (days: number) => {
      const startedAt = performance.now()
      sim.clock.advance(days * 86_400_000)
      settleDueSubscriptions(sim, sim.clock.now())
      return performance.now() - startedAt
    }
    // The least of three: whoever else uses the machine only ever adds.
    const least = () => Math.min(spent(100), spent(100), spent(100))
    spent(100)
    const early = least()
    spent(500)
    const late = least()
    assert.equal(sim.subscriptions.find(id)!.collected.quantity, 1201)
    assert.isBelow(late, early * 3)
    sim.store.close()
  }).timeout(60_000)
})
