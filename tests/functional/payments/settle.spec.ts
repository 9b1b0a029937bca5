import { test } from '@japa/runner'
import ExceptionCase from '#app/payments/models/exception_case'
import Dispute from '#app/payments/models/dispute'
import Payment from '#app/payments/models/payment'
import type Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { FOREIGN_ACCOUNT_ID, PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { bucketsOf, givenCharge, givenWebhookSecret, makePix, postings } from '#tests/support/money'
import {
  givenBoleto,
  givenPlatformAccount,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const READ = 'GET /v1/payments/:id'

/** What became of the notifications, oldest first. */
const verdicts = async () => {
  const events = await WebhookEvent.query().orderBy('received_at').orderBy('id')
  return events.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))
}

const lastVerdict = async () => {
  const all = await verdicts()
  return all.at(-1)
}

const exceptions = async () => {
  const cases = await ExceptionCase.all()
  return cases.map(({ kind }) => kind).sort()
}

const stateOf = async (row: Charge | Receivable): Promise<string> => {
  await row.refresh()
  return row.state
}

const notify = (charge: Charge, values: Record<string, unknown> = {}) =>
  simulator.notify({
    user_id: Number(charge.collectorId),
    data_id: charge.providerPaymentId,
    ...values,
  })

/** R$ 150.00: the provider keeps 3.49, the platform 1.50, and 145.01 is the tenant's. */
const APPROVED = [
  'platform:fee_revenue -150',
  'platform:gateway -349 fee',
  'platform:gateway 15000',
  'tenant:pending -15000',
  'tenant:pending 150',
  'tenant:pending 349 fee',
]

/** A boleto whose own news is done with. */
async function givenQuietBoleto() {
  const tenant = await givenSeller()
  const { charge, receivable } = await givenBoleto(tenant)
  await simulator.flush()
  await drainWork()
  return { tenant, charge, receivable }
}

async function givenPaidBoleto(amount?: number) {
  const { tenant, charge, receivable } = await givenQuietBoleto()
  await simulator.pay(charge.providerPaymentId!, amount)
  await drainWork()
  await charge.refresh()
  await receivable.refresh()
  return { tenant, charge, receivable }
}

test.group('A paid boleto', (group) => {
  group.each.setup(givenWebhookSecret)

  test('is booked to the cent, and everything else moves with it', async ({ assert }) => {
    const { tenant, charge, receivable } = await givenPaidBoleto()
    const name = `payment:${charge.providerPaymentId}:approved`
    assert.deepEqual(await postings(), { [name]: APPROVED })
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    assert.equal(charge.state, 'approved')
    assert.equal(receivable.state, 'paid')
    assert.equal(receivable.paidMinor, 15_000)
    const payment = await Payment.firstOrFail()
    assert.containsSubset(payment.$attributes, {
      status: 'approved',
      mode: 'centralized',
      amountMinor: 15_000,
      chargesMinor: 349,
      feeMinor: 150,
      isPosted: true,
      releasedAt: null,
    })
    assert.equal(payment.releaseCheckAt?.toMillis(), payment.moneyReleaseAt?.toMillis())
    assert.notProperty(payment.snapshot, 'payer')
    assert.deepEqual(await exceptions(), [])
    assert.notInclude(await verdicts(), 'received')
  })

  test('is booked once when the same news comes five times', async ({ assert }) => {
    const { tenant, charge } = await givenPaidBoleto()
    for (let time = 0; time < 5; time++) {
      await notify(charge, { times: 2 })
      await drainWork()
    }
    assert.lengthOf(Object.keys(await postings()), 1)
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
  })

  test('is booked once when its news is handled eight times at the same moment', async ({
    assert,
  }) => {
    const { tenant, charge } = await givenQuietBoleto()
    await simulator.pay(charge.providerPaymentId!)
    // Rows of different signatures are different claims: each is a handler of its own.
    await Promise.all(
      ['signed', 'unsigned', 'signed', 'unsigned'].map((signing) => notify(charge, { signing }))
    )
    await Promise.all(Array.from({ length: 8 }, () => drainWork()))
    assert.lengthOf(Object.keys(await postings()), 1)
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
  })

  test('is booked when its news comes days late', async ({ assert }) => {
    const { tenant, charge } = await givenQuietBoleto()
    await simulator.fault({ kind: 'drop', times: 1 })
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    assert.deepEqual(await postings(), {})
    await simulator.advance({ days: 3 })
    await notify(charge)
    await drainWork()
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
  })

  test('waits for a payment that cannot be read yet', async ({ assert }) => {
    const { tenant, charge } = await givenQuietBoleto()
    await simulator.fault({ kind: 'unreadable', route: READ, times: 2 })
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    assert.deepEqual(await postings(), {})
    assert.include(await verdicts(), 'received')
    for (let time = 0; time < 3; time++) {
      await simulator.advance({ seconds: 900 })
      await drainWork()
    }
    assert.notInclude(await verdicts(), 'received')
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
  })

  test('is given up when the payment never becomes readable', async ({ assert }) => {
    const { charge } = await givenQuietBoleto()
    await simulator.fault({ kind: 'unreadable', route: READ })
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    await simulator.advance({ days: 2 })
    await drainWork()
    assert.equal(await lastVerdict(), 'ignored: not_found')
  })

  test('is asked for again when the provider is out of order', async ({ assert }) => {
    for (const kind of ['server_error', 'rate_limit', 'malformed_body', 'cut_body']) {
      const { tenant, charge } = await givenQuietBoleto()
      await simulator.fault({ kind, route: READ, times: 1 })
      await simulator.pay(charge.providerPaymentId!)
      await drainWork()
      assert.deepEqual(await bucketsOf(tenant), [0, 0, 0], kind)
      await simulator.advance({ seconds: 900 })
      await drainWork()
      assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0], kind)
    }
  })
})

test.group('What is not ours', (group) => {
  group.each.setup(givenWebhookSecret)

  for (const [kind, more] of [
    ['wrong_collector', { collector_id: FOREIGN_ACCOUNT_ID }],
    ['wrong_currency', { currency_id: 'ARS' }],
  ] as const) {
    test(`changes nothing: ${kind}`, async ({ assert }) => {
      const { charge, receivable } = await givenQuietBoleto()
      await simulator.fault({ kind, route: READ, ...more })
      await simulator.pay(charge.providerPaymentId!)
      await drainWork()
      assert.equal(await lastVerdict(), 'rejected: invalid_tenant')
      assert.deepEqual(await postings(), {})
      assert.equal(await stateOf(charge), 'pending')
      assert.equal(await stateOf(receivable), 'open')
      const { status } = await Payment.firstOrFail()
      assert.equal(status, 'pending')
    })
  }

  test('a user that we do not know is refused', async ({ assert }) => {
    const { charge } = await givenQuietBoleto()
    await notify(charge, { user_id: FOREIGN_ACCOUNT_ID, signing: 'unsigned' })
    await drainWork()
    assert.equal(await lastVerdict(), 'rejected: invalid_tenant')
  })

  test('a reference that is no charge of ours is ignored, and its money listed', async ({
    assert,
  }) => {
    const { charge } = await givenQuietBoleto()
    await simulator.pay(charge.providerPaymentId!)
    await charge.merge({ externalReference: 'c-another' }).save()
    await drainWork()
    assert.equal(await lastVerdict(), 'ignored: unknown_reference')
    assert.deepEqual(await postings(), {})
    const [unknown] = await ExceptionCase.all()
    assert.equal(unknown.kind, 'unknown_payment')
    assert.isNull(unknown.tenantId)
    assert.containsSubset(unknown.details, {
      id: charge.providerPaymentId,
      amountMinor: 15_000,
    })
    await notify(charge)
    await drainWork()
    assert.lengthOf(await ExceptionCase.all(), 1)
  })

  test('without a credential of the account nothing can be known', async ({ assert }) => {
    const tenant = await givenSeller()
    const { charge } = await givenBoleto(tenant)
    await drainWork()
    const { default: PlatformAccount } = await import('#app/gateway/models/platform_account')
    const { tokenKeeper } = await import('#app/gateway/token_keeper')
    const account = await PlatformAccount.firstOrFail()
    await account.merge({ accessTokenCiphertext: null }).save()
    tokenKeeper.forget(account.ref)
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    assert.equal(await lastVerdict(), 'ignored: no_credential')
  })
})

test.group('Amounts that differ', (group) => {
  group.each.setup(givenWebhookSecret)

  test('a short payment is booked as paid and waits for a decision', async ({ assert }) => {
    const { tenant, receivable, charge } = await givenPaidBoleto(100)
    assert.deepEqual(await bucketsOf(tenant), [10_000 - 349 - 100, 0, 0])
    assert.equal(receivable.state, 'partially_paid')
    assert.equal(charge.state, 'approved')
    assert.deepEqual(await exceptions(), ['underpaid'])
  })

  test('fine and interest make it overpaid', async ({ assert }) => {
    const { tenant, receivable } = await givenPaidBoleto(153.07)
    assert.deepEqual(await bucketsOf(tenant), [15_307 - 349 - 153, 0, 0])
    assert.equal(receivable.state, 'overpaid')
    assert.deepEqual(await exceptions(), ['overpaid'])
  })
})

test.group('What follows a payment', (group) => {
  group.each.setup(givenWebhookSecret)

  const act = async (charge: Charge, path: string, body: object = {}) => {
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/${path}`, body)
    await drainWork()
    await charge.refresh()
  }

  test('refunds in parts give back both shares in parts', async ({ assert }) => {
    const { tenant, charge, receivable } = await givenPaidBoleto()
    await act(charge, 'refunds', { amount: 50 })
    assert.equal(charge.state, 'partially_refunded')
    assert.equal(await stateOf(receivable), 'partially_refunded')
    // 50.00 less a third of 3.49 and of 1.50.
    assert.deepEqual(await bucketsOf(tenant), [14_501 - (5000 - 116 - 50), 0, 0])
    await act(charge, 'refunds')
    assert.equal(charge.state, 'refunded')
    assert.equal(await stateOf(receivable), 'refunded')
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
    const payment = await Payment.firstOrFail()
    assert.equal(payment.refundedMinor, 15_000)
    assert.equal(payment.feeReturnedMinor, 150)
    assert.equal(payment.chargesReturnedMinor, 349)
    assert.isNull(payment.releaseCheckAt)
  })

  for (const [path, open, won] of [
    ['chargebacks', 'charged_back', 'reimburse'],
    ['mediations', 'in_mediation', 'win'],
  ] as const) {
    test(`${path} that are won leave the tenant as before`, async ({ assert }) => {
      const { tenant, charge, receivable } = await givenPaidBoleto()
      await act(charge, path)
      assert.equal(charge.state, open)
      assert.deepEqual(await bucketsOf(tenant), [0, -499, 15_000])
      await act(charge, `${path}/${won}`)
      assert.equal(charge.state, 'approved')
      assert.equal(await stateOf(receivable), 'paid')
      assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    })
  }

  test('a lost chargeback takes the money and gives both shares back', async ({ assert }) => {
    const { tenant, charge, receivable } = await givenPaidBoleto()
    await act(charge, 'chargebacks')
    await act(charge, 'chargebacks/settle')
    assert.equal(charge.state, 'charged_back')
    assert.equal(await stateOf(receivable), 'charged_back')
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
  })

  test('a lost mediation is won, then refunded', async ({ assert }) => {
    const { tenant, charge } = await givenPaidBoleto()
    await act(charge, 'mediations')
    await act(charge, 'mediations/lose')
    assert.equal(charge.state, 'refunded')
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
    const references = Object.keys(await postings()).map((reference) => reference.split(':')[0])
    assert.deepEqual(references.sort(), ['dispute', 'dispute', 'payment', 'refund'])
  })

  test("a Pix that the payer's bank takes back is a clawback, released or not", async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant, { amountMinor: 1234 })
    const charge = await givenCharge(receivable, await givenPlatformAccount(), { method: 'pix' })
    await makePix('clawback', charge.externalReference)
    await simulator.flush()
    await drainWork()
    await charge.refresh()
    await act(charge, 'pay')
    // 12.34 less 0.12 for the provider and 0.12 for the platform, released at once.
    assert.deepEqual(await bucketsOf(tenant), [0, 1210, 0])
    await act(charge, 'chargebacks')
    assert.deepEqual(await bucketsOf(tenant), [0, -24, 1234])
    const dispute = await Dispute.firstOrFail()
    assert.equal(dispute.kind, 'pix_clawback')
    assert.equal(dispute.key, `pix_clawback:${charge.providerPaymentId}`)
    await act(charge, 'chargebacks/settle')
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
    await dispute.refresh()
    assert.equal(dispute.state, 'lost')
    assert.isNotNull(dispute.closedAt)
  })

  test('a payment first seen after all that comes to the same end', async ({ assert }) => {
    const { tenant, charge } = await givenQuietBoleto()
    await simulator.fault({ kind: 'drop' })
    await simulator.pay(charge.providerPaymentId!)
    const path = `/payments/${charge.providerPaymentId}`
    await simulator.control('POST', `${path}/refunds`, { amount: 50 })
    await simulator.control('POST', `${path}/chargebacks`, {})
    await simulator.control('POST', `${path}/chargebacks/settle`, {})
    await drainWork()
    assert.deepEqual(await postings(), {})
    await simulator.control('DELETE', '/faults')
    await notify(charge)
    await drainWork()
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
    assert.lengthOf(Object.keys(await postings()), 4)
    assert.equal(await stateOf(charge), 'charged_back')
  })

  test('older news than was applied changes nothing', async ({ assert }) => {
    const { tenant, charge } = await givenPaidBoleto()
    const { mercadoPago } = await import('#app/gateway/mercado_pago')
    const { SettlePayment } = await import('#app/payments/actions/settle_payment')
    const old = await mercadoPago.on(charge.account).payment(charge.providerPaymentId!)
    await simulator.advance({ seconds: 5 })
    await act(charge, 'refunds')
    const verdict = await new SettlePayment().settle(old)
    assert.equal(verdict.reason, 'outdated')
    assert.equal(await stateOf(charge), 'refunded')
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
  })

  test('an expired boleto ends its charge and may be paid late all the same', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    await simulator.control('PATCH', `/accounts/${PLATFORM_ACCOUNT_ID}`, {
      late_payments: 'accepted',
    })
    const { charge, receivable } = await givenBoleto(tenant)
    await act(charge, 'expire')
    assert.equal(charge.state, 'expired')
    await act(charge, 'pay')
    assert.equal(charge.state, 'approved')
    assert.equal(await stateOf(receivable), 'paid')
  })
})
