import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import mercadopago from '#config/mercadopago'
import { BeginScheduledCharge } from '#app/receivables/actions/begin_scheduled_charge'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'
import Charge from '#app/receivables/models/charge'
import { PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import {
  givenCustomer,
  givenReceivable,
  givenSeller,
  issueBoleto,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

/** How many payments Mercado Pago really made. */
async function paymentsMade(): Promise<number> {
  const journal = await simulator.journal()
  return journal.filter((entry) => entry.effect === 'payment.created').length
}

const CREATE = 'POST /v1/payments'

/** A minute and a bit later the worker looks at what is due. */
async function oneTryLater(charge: Charge) {
  await simulator.advance({ seconds: 61 })
  await new ResumeCharges().handle()
  await charge.refresh()
}

test.group('Issuing a boleto', () => {
  test('the charge says what to pay, where and whose fee it carries', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)

    const charge = await issueBoleto(tenant, receivable)

    assert.equal(charge.state, 'pending')
    assert.match(charge.digitableLine!, /^\d{47}$/)
    assert.match(charge.barcode!, /^\d{44}$/)
    assert.match(charge.documentUrl!, /ticket/)
    assert.equal(charge.collectorId, String(PLATFORM_ACCOUNT_ID))
    assert.equal(charge.mode, 'centralized')
    assert.equal(charge.feePercent, '1.00')
    assert.equal(charge.estimatedChargesMinor, 3_49)
    assert.equal(charge.estimatedFeeMinor, 1_50)
    await receivable.refresh()
    assert.equal(receivable.state, 'open')
    assert.isNotNull(receivable.openedAt)
    const payment = await simulator.payment(charge.providerPaymentId!)
    assert.equal(payment.external_reference, `c-${charge.id}`)
    assert.equal(payment.transaction_amount, 150)
  })

  test("a fee of the tenant's own goes before the platform's", async ({ assert }) => {
    const tenant = await givenSeller({ platformFeePercent: '2.50' })

    const charge = await issueBoleto(tenant, await givenReceivable(tenant))

    assert.equal(charge.feePercent, '2.50')
    assert.equal(charge.estimatedFeeMinor, 3_75)
  })

  test('fifty presses at once make one boleto', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)

    const charges = await Promise.all(
      Array.from({ length: 50 }, () => issueBoleto(tenant, receivable))
    )

    assert.lengthOf(new Set(charges.map(({ id }) => id)), 1)
    assert.equal(await paymentsMade(), 1)
  })

  test('a cancelled boleto may be followed by another', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)
    const first = await issueBoleto(tenant, receivable)
    await first.moveTo('cancelled').save()

    const second = await issueBoleto(tenant, receivable)

    assert.notEqual(second.id, first.id)
    assert.equal(second.state, 'pending')
    assert.equal(await paymentsMade(), 2)
  })
})

test.group('Issuing a boleto while Mercado Pago fails', (group) => {
  group.each.setup(() => {
    const { timeoutMs } = mercadopago
    mercadopago.timeoutMs = 400
    return () => void (mercadopago.timeoutMs = timeoutMs)
  })

  test('after "{kind}" the boleto is found with the same key, and is one')
    .with([
      { kind: 'hang_after_work' },
      { kind: 'error_after_work' },
      { kind: 'cut_body' },
      { kind: 'malformed_body' },
      { kind: 'huge_body' },
      { kind: 'server_error' },
    ])
    .run(async ({ assert }, { kind }) => {
      const tenant = await givenSeller()
      await simulator.fault({ kind, route: CREATE, times: 1 })
      const charge = await issueBoleto(tenant, await givenReceivable(tenant))
      assert.equal(charge.state, 'creating')
      assert.equal(charge.failureCode, 'unknown')

      await oneTryLater(charge)

      assert.equal(charge.state, 'pending')
      assert.isNull(charge.failureCode)
      assert.equal(await paymentsMade(), 1)
    })

  test('a request to wait is heeded and the same key used again', async ({ assert }) => {
    const tenant = await givenSeller()
    const fault = { kind: 'rate_limit', route: CREATE, times: 1, retry_after_seconds: 300 }
    await simulator.fault(fault)
    const charge = await issueBoleto(tenant, await givenReceivable(tenant))
    assert.equal(charge.failureCode, 'busy')

    await oneTryLater(charge)
    assert.equal(charge.state, 'creating')

    await simulator.advance({ seconds: 300 })
    await oneTryLater(charge)
    assert.equal(charge.state, 'pending')
  })

  test('a refused token ends the charge, and the receivable may be charged again', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)
    await simulator.fault({ kind: 'unauthorized', route: CREATE, times: 1 })

    const refused = await issueBoleto(tenant, receivable)
    assert.equal(refused.state, 'rejected')
    assert.equal(refused.failureCode, 'credential')

    const charge = await issueBoleto(tenant, receivable)
    assert.equal(charge.state, 'pending')
    assert.equal(await paymentsMade(), 1)
  })

  test('a token refused after a lost answer proves nothing', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'error_after_work', route: CREATE, times: 1 })
    const charge = await issueBoleto(tenant, await givenReceivable(tenant))
    await simulator.fault({ kind: 'unauthorized', route: CREATE, times: 1 })

    await oneTryLater(charge)
    assert.equal(charge.state, 'creating')

    await simulator.advance({ seconds: 120 })
    await oneTryLater(charge)
    assert.equal(charge.state, 'pending')
    assert.equal(await paymentsMade(), 1)
  })

  test('after an hour it searches before it calls again', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'error_after_work', route: CREATE, times: 1 })
    const charge = await issueBoleto(tenant, await givenReceivable(tenant))
    await charge.merge({ attempts: 6 }).save()
    const before = await simulator.journal()

    await oneTryLater(charge)

    assert.equal(charge.state, 'pending')
    const after = await simulator.journal()
    const calls = after.slice(before.length).filter((entry) => entry.kind === 'call')
    assert.isTrue(calls.some(({ path }) => String(path).includes('/search')))
    assert.isFalse(calls.some(({ method }) => method === 'POST'))
    assert.equal(await paymentsMade(), 1)
  })

  test('an answer of another account is never taken for ours', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'wrong_collector', route: CREATE, times: 1 })

    const charge = await issueBoleto(tenant, await givenReceivable(tenant))

    assert.equal(charge.state, 'creating')
    assert.isNull(charge.providerPaymentId)
  })

  test('a refusal is kept with its code', async ({ assert }) => {
    const tenant = await givenSeller()
    const customer = await givenCustomer(tenant, { email: 'platform@testuser.com' })

    const charge = await issueBoleto(tenant, await givenReceivable(tenant, { customer }))

    assert.equal(charge.state, 'rejected')
    assert.equal(charge.failureCode, '2034')
    assert.equal(await paymentsMade(), 0)
  })

  test('a refusal of the second try is believed after a search only', async ({ assert }) => {
    const tenant = await givenSeller()
    const customer = await givenCustomer(tenant)
    await simulator.fault({ kind: 'server_error', route: CREATE, times: 1 })
    const charge = await issueBoleto(tenant, await givenReceivable(tenant, { customer }))
    await customer.merge({ email: 'platform@testuser.com' }).save()

    await oneTryLater(charge)

    assert.equal(charge.state, 'rejected')
    const journal = await simulator.journal()
    assert.isTrue(journal.some(({ path }) => String(path).includes('/search')))
  })

  test('a notification that is faster than "{name}" is not undone')
    .with([
      { name: 'the answer', fault: {} },
      { name: 'a lost answer', fault: { kind: 'error_after_work' } },
    ])
    .run(async ({ assert }, { fault }) => {
      const tenant = await givenSeller()
      await simulator.fault({ kind: 'latency', route: CREATE, times: 1, ms: 200 })
      if ('kind' in fault) await simulator.fault({ ...fault, route: CREATE, times: 1 })
      const receivable = await givenReceivable(tenant)
      const issuing = issueBoleto(tenant, receivable)
      await setTimeout(100)
      const [row] = await receivable.related('charges').query()
      await row.moveTo('approved').merge({ providerPaymentId: 'notified' }).save()

      const charge = await issuing

      assert.equal(charge.state, 'approved')
      assert.equal(charge.providerPaymentId, 'notified')
      assert.isNull(charge.failureCode)
    })

  test('two workers that look at once ask once', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'server_error', route: CREATE, times: 1 })
    const charge = await issueBoleto(tenant, await givenReceivable(tenant))
    await simulator.advance({ seconds: 61 })
    const before = await simulator.journal()

    await Promise.all([new ResumeCharges().handle(), new ResumeCharges().handle()])

    const after = await simulator.journal()
    const asked = after.slice(before.length).filter(({ route }) => route === CREATE)
    assert.lengthOf(asked, 1)
    await charge.refresh()
    assert.equal(charge.state, 'pending')
  })
})

test.group('A boleto of a far due date', () => {
  test('waits for its day and is then issued by the worker', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant, { dueInDays: 40 })

    const charge = await issueBoleto(tenant, receivable)
    assert.equal(charge.state, 'scheduled')
    assert.equal(await paymentsMade(), 0)
    await receivable.refresh()
    assert.equal(receivable.state, 'open')

    await simulator.advance({ days: 14 })
    assert.equal(await new ResumeCharges().handle(), 0)
    await simulator.advance({ days: 1 })
    assert.equal(await new ResumeCharges().handle(), 1)

    await charge.refresh()
    assert.equal(charge.state, 'pending')
    assert.equal(await paymentsMade(), 1)
  })

  test('is not issued for a tenant that was suspended meanwhile', async ({ assert }) => {
    const tenant = await givenSeller()
    const charge = await issueBoleto(tenant, await givenReceivable(tenant, { dueInDays: 40 }))
    await tenant.merge({ state: 'suspended' }).save()

    await simulator.advance({ days: 20 })
    await new ResumeCharges().handle()

    await charge.refresh()
    assert.equal(charge.state, 'rejected')
    assert.equal(charge.failureCode, 'gateway.tenant_may_not_sell')
    assert.equal(await paymentsMade(), 0)
  })

  test('two workers that look at once issue it once', async ({ assert }) => {
    const tenant = await givenSeller()
    await issueBoleto(tenant, await givenReceivable(tenant, { dueInDays: 40 }))
    await simulator.advance({ days: 20 })

    await Promise.all([new ResumeCharges().handle(), new ResumeCharges().handle()])

    assert.equal(await paymentsMade(), 1)
  })

  test('is not issued when it was cancelled since it was read', async ({ assert }) => {
    const tenant = await givenSeller()
    const charge = await issueBoleto(tenant, await givenReceivable(tenant, { dueInDays: 40 }))
    const row = await Charge.findOrFail(charge.id)
    await row.moveTo('cancelled').save()

    assert.isNull(await new BeginScheduledCharge().handle(charge))

    await charge.refresh()
    assert.equal(charge.state, 'cancelled')
  })
})
