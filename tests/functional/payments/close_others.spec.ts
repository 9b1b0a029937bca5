import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { clock } from '#app/core/clock'
import ExceptionCase from '#app/payments/models/exception_case'
import Payment from '#app/payments/models/payment'
import { AskForCharges } from '#app/payments/actions/ask_for_charges'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { mercadoPago } from '#app/gateway/mercado_pago'
import Charge, { type ChargeMethod } from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { isOpen, tryToPay } from '#tests/support/checkout'
import { bucketsOf, givenWebhookSecret, postings } from '#tests/support/money'
import { holds } from '#tests/support/property'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'
import { truncate } from '#tests/support/database'

const ways = ['boleto', 'pix', 'link'] as const
type Way = (typeof ways)[number]

/** One receivable of R$ 150.00 that can be paid in three ways. */
async function givenThreeWays(dueInDays = 7) {
  const tenant = await givenSeller()
  const receivable = await givenReceivable(tenant, { dueInDays })
  const charges = {} as Record<Way, Charge>
  for (const way of ways) charges[way] = await issue(tenant, receivable, way)
  await drainWork()
  return { tenant, receivable, charges }
}

const pay = (charge: Charge) =>
  charge.method === 'link' ? tryToPay(charge) : simulator.pay(charge.providerPaymentId!)

/** News and effects until nothing is due, later tries included. */
async function settleDown(minutes = 60) {
  await drainWork()
  for (let passed = 0; passed < minutes; passed += 20) {
    await simulator.advance({ seconds: 20 * 60 })
    await drainWork()
  }
}

const statesOf = async (receivable: Receivable): Promise<Record<string, string>> => {
  const charges = await Charge.query().where('receivable_id', receivable.id)
  return Object.fromEntries(charges.map(({ method, state }) => [method, state]))
}

const linkState = async ({ link }: Record<Way, Charge>): Promise<string> => {
  await link.refresh()
  return link.state
}

/** What a payer could still pay at the provider. */
async function payable(charges: Record<Way, Charge>): Promise<ChargeMethod[]> {
  const left: ChargeMethod[] = []
  for (const way of ['boleto', 'pix'] as const) {
    const { status } = await simulator.payment(charges[way].providerPaymentId!)
    if (status === 'pending') left.push(way)
  }
  if (await isOpen(charges.link.providerPreferenceId!)) left.push('link')
  return left
}

type Step = Way | 'drain' | 'refuse' | 'fail'

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Step>(...ways) },
  { weight: 2, arbitrary: fc.constant<Step>('drain') },
  { weight: 1, arbitrary: fc.constant<Step>('refuse') },
  { weight: 1, arbitrary: fc.constant<Step>('fail') }
)

/** What is over cannot be paid: the simulator refuses. @returns how many payments that brought */
async function happen(what: Step, charges: Record<Way, Charge>): Promise<number> {
  if (what === 'drain') await drainWork()
  else if (what === 'refuse') {
    await tryToPay(charges.link, { cardholder_name: 'FUND' }).catch(() => null)
  } else if (what === 'fail') {
    const route = 'PUT /v1/payments/:id'
    await simulator.fault({ kind: 'server_error', route, times: 1 })
  } else {
    const made = await pay(charges[what]).catch(() => null)
    return made?.status === 'approved' ? 1 : 0
  }
  return 0
}

test.group('The first payment', (group) => {
  group.each.setup(givenWebhookSecret)

  for (const way of ways) {
    test(`closes the other ways at the provider: ${way}`, async ({ assert }) => {
      const { tenant, receivable, charges } = await givenThreeWays()

      await pay(charges[way])
      await drainWork()

      const others = ways.filter((other) => other !== way)
      const expected = Object.fromEntries(others.map((other) => [other, 'cancelled']))
      assert.deepEqual(await statesOf(receivable), { ...expected, [way]: 'approved' })
      assert.deepEqual(await payable(charges), [])
      await receivable.refresh()
      assert.equal(receivable.state, 'paid')
      assert.lengthOf(
        Object.keys(await postings()).filter((name) => name.endsWith('approved')),
        1
      )
      const [pending, available] = await bucketsOf(tenant)
      assert.isAbove(pending + available, 14_000)
      assert.lengthOf(await ExceptionCase.all(), 0)
      assert.equal(await open('outbox_effects'), 0)
    })
  }

  test('closes what is scheduled without asking anybody', async ({ assert }) => {
    const { receivable, charges } = await givenThreeWays(60)
    assert.deepEqual(await statesOf(receivable), {
      boleto: 'scheduled',
      pix: 'scheduled',
      link: 'pending',
    })

    await pay(charges.link)
    await drainWork()

    assert.deepEqual(await statesOf(receivable), {
      boleto: 'cancelled',
      pix: 'cancelled',
      link: 'approved',
    })
    assert.isFalse(await isOpen(charges.link.providerPreferenceId!))
  })

  test('waits for a way of which nobody knows whether it was made, and closes it then', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)
    const boleto = await issue(tenant, receivable, 'boleto')
    const route = 'POST /checkout/preferences'
    await simulator.fault({ kind: 'error_after_work', route, times: 1 })
    const link = await issue(tenant, receivable, 'link')
    await pay(boleto)
    await drainWork()
    assert.deepEqual(await statesOf(receivable), { boleto: 'approved', link: 'creating' })

    await simulator.advance({ seconds: 61 })
    const { ResumeCharges } = await import('#app/receivables/actions/resume_charges')
    await new ResumeCharges().handle()
    await settleDown()

    assert.deepEqual(await statesOf(receivable), { boleto: 'approved', link: 'cancelled' })
    await link.refresh()
    assert.isFalse(await isOpen(link.providerPreferenceId!))
  })

  test('closes the others again and again until the provider has said so: "{kind}"')
    .with([
      { kind: 'server_error' },
      { kind: 'rate_limit' },
      { kind: 'cut_body' },
      { kind: 'error_after_work' },
    ])
    .run(async ({ assert }, { kind }) => {
      const { receivable, charges } = await givenThreeWays()
      for (const route of ['PUT /v1/payments/:id', 'PUT /checkout/preferences/:id']) {
        await simulator.fault({ kind, route, times: 2 })
      }

      await pay(charges.pix)
      await settleDown()

      assert.deepEqual(await payable(charges), [])
      assert.deepEqual(await statesOf(receivable), {
        boleto: 'cancelled',
        link: 'cancelled',
        pix: 'approved',
      })
      assert.equal(await open('outbox_effects'), 0)
    })

  test('stops a voucher that was made in the checkout', async ({ assert }) => {
    const { charges } = await givenThreeWays()
    const voucher = await tryToPay(charges.link, { payment_method_id: 'pec', pay: false })

    await pay(charges.pix)
    await drainWork()

    const stopped = await simulator.payment(voucher.id)
    assert.equal(stopped.status, 'cancelled')
    assert.equal(await linkState(charges), 'cancelled')
    assert.isNull(await Payment.query().where('status', 'pending').first())
  })

  test('stops a voucher that the search did not find, once its news comes', async ({ assert }) => {
    const { charges } = await givenThreeWays()
    const hear = async (id: string | number) => {
      const payment = await mercadoPago.on(charges.link.account).payment(String(id))
      await new SettlePayment().settle(payment)
      await drainWork()
    }
    await simulator.fault({ kind: 'drop' })
    const voucher = await tryToPay(charges.link, { payment_method_id: 'pec', pay: false })
    const route = 'GET /v1/payments/search'
    await simulator.fault({ kind: 'stale_search', route, times: 1 })
    await pay(charges.pix)
    await hear(charges.pix.providerPaymentId!)
    const missed = await simulator.payment(voucher.id)
    assert.equal(missed.status, 'pending')

    await hear(voucher.id)

    const stopped = await simulator.payment(voucher.id)
    assert.equal(stopped.status, 'cancelled')
  })
})

test.group('Two payments of one receivable', (group) => {
  group.each.setup(givenWebhookSecret)

  test('by two ways at the same instant are both booked, with one exception', async ({
    assert,
  }) => {
    const { tenant, receivable, charges } = await givenThreeWays()
    await simulator.fault({ kind: 'drop' })
    await Promise.all([pay(charges.boleto), pay(charges.pix)])
    const payments = await Promise.all(
      [charges.boleto, charges.pix].map((charge) =>
        mercadoPago.on(charge.account).payment(charge.providerPaymentId!)
      )
    )

    await Promise.all(payments.map((payment) => new SettlePayment().settle(payment)))
    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.state, 'overpaid')
    assert.equal(receivable.paidMinor, 30_000)
    assert.deepEqual(await statesOf(receivable), {
      boleto: 'approved',
      pix: 'approved',
      link: 'cancelled',
    })
    const cases = await ExceptionCase.all()
    assert.deepEqual(
      cases.map(({ kind }) => kind),
      ['double_payment']
    )
    const booked = Object.keys(await postings()).filter((name) => name.endsWith(':approved'))
    assert.lengthOf(booked, 2)
    const [pending, available] = await bucketsOf(tenant)
    // 150.00 − 3.49 − 1.50 of the boleto, and 150.00 − 1.49 − 1.50 of the Pix.
    assert.equal(pending + available, 14_501 + 14_701)
  })

  test('of which the second was made before it could be stopped are found, though nobody tells', async ({
    assert,
  }) => {
    const { receivable, charges } = await givenThreeWays()
    await pay(charges.boleto)
    await simulator.fault({ kind: 'drop' })
    await pay(charges.pix)

    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.paidMinor, 30_000)
    assert.lengthOf(await ExceptionCase.all(), 1)
  })

  test('in one link that was left open are two payments', async ({ assert }) => {
    const { receivable, charges } = await givenThreeWays()
    await tryToPay(charges.link)
    await tryToPay(charges.link)

    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.paidMinor, 30_000)
    assert.lengthOf(await Payment.query().where('charge_id', charges.link.id), 2)
    const [double] = await ExceptionCase.all()
    assert.equal(double.kind, 'double_payment')
  })

  test('however they come, are booked to the cent, and nothing stays payable', async ({
    assert,
  }) => {
    const check = async (steps: Step[]) => {
      await truncate()
      await simulator.reset()
      await givenWebhookSecret()
      const { receivable, charges } = await givenThreeWays()
      let paid = 0
      for (const what of steps) paid += await happen(what, charges)
      await settleDown()

      await receivable.refresh()
      assert.equal(receivable.paidMinor, paid * 15_000)
      const booked = Object.keys(await postings()).filter((name) => name.endsWith(':approved'))
      assert.lengthOf(booked, paid)
      assert.lengthOf(await ExceptionCase.all(), Math.max(0, paid - 1))
      if (paid > 0) assert.deepEqual(await payable(charges), [])
      else assert.equal(receivable.state, 'open')
    }
    await holds([fc.array(anyStep, { minLength: 1, maxLength: 6 })], check, {
      runs: 20,
      longRuns: 500,
    })
  }).timeout(180_000)
})

test.group('Attempts in a link', (group) => {
  group.each.setup(givenWebhookSecret)

  test('that are refused leave it payable, each a payment of its own', async ({ assert }) => {
    const { receivable, charges } = await givenThreeWays()
    const names = ['FUND', 'CALL', 'SECU', 'EXPI', 'FORM', 'OTHE']
    for (const [at, name] of names.entries()) {
      const { status } = await tryToPay(charges.link, { cardholder_name: name })
      assert.equal(status, 'rejected', name)
      await drainWork()
      assert.equal(await linkState(charges), 'pending', name)
      assert.isTrue(await isOpen(charges.link.providerPreferenceId!), name)
      assert.lengthOf(await Payment.query().where('charge_id', charges.link.id), at + 1)
    }

    await tryToPay(charges.link, { cardholder_name: 'APRO' })
    await drainWork()

    assert.equal(await linkState(charges), 'approved')
    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
    assert.lengthOf(await ExceptionCase.all(), 0)
  })

  test('under review hold it, and it is payable again when they fail', async ({ assert }) => {
    const { charges } = await givenThreeWays()
    const review = await tryToPay(charges.link, { cardholder_name: 'CONT' })
    await drainWork()
    assert.equal(await linkState(charges), 'in_process')

    await simulator.control('POST', `/payments/${review.id}/reject`, {})
    await drainWork()

    assert.equal(await linkState(charges), 'pending')
  })

  test('are found by its reference when nobody tells of them', async ({ assert }) => {
    const { receivable, charges } = await givenThreeWays()
    await simulator.fault({ kind: 'drop' })
    await tryToPay(charges.link, { cardholder_name: 'FUND' })
    await tryToPay(charges.link, { cardholder_name: 'APRO' })
    await drainWork()
    await receivable.refresh()
    assert.equal(receivable.state, 'open')

    await simulator.advance({ days: 1, seconds: 60 })
    await new AskForCharges().handle()
    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
    assert.lengthOf(await Payment.query().where('charge_id', charges.link.id), 2)
  })

  test('end with it when its time is over, and not before one under way has ended', async ({
    assert,
  }) => {
    const { charges } = await givenThreeWays()
    await tryToPay(charges.link, { cardholder_name: 'CONT' })
    await drainWork()
    await simulator.advance({ days: 9 })
    await drainWork()
    await new AskForCharges().handle()
    assert.equal(await linkState(charges), 'in_process')

    const review = await Payment.query().where('charge_id', charges.link.id).firstOrFail()
    await simulator.control('POST', `/payments/${review.providerPaymentId}/reject`, {})
    await drainWork()
    await simulator.advance({ days: 1, seconds: 60 })
    await new AskForCharges().handle()

    assert.equal(await linkState(charges), 'expired')
    await charges.link.refresh()
    assert.isTrue(charges.link.expiresAt < clock.now())
  })
})

/** Effects that wait or failed. */
async function open(table: 'outbox_effects'): Promise<number> {
  const [{ count }] = await db.from(table).whereNot('state', 'done').count('* as count')
  return Number(count)
}
