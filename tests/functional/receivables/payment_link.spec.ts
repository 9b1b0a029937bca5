import { test } from '@japa/runner'
import mercadopago from '#config/mercadopago'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { CancelReceivable } from '#app/receivables/actions/cancel_receivable'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'
import type Charge from '#app/receivables/models/charge'
import { newPreference } from '#app/receivables/queries/new_provider_payment'
import { PLATFORM_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import { isOpen, linksMade } from '#tests/support/checkout'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const CREATE = 'POST /checkout/preferences'

async function preferenceOf({ providerPreferenceId }: Charge) {
  const answer = await fetch(`${simulator.url}/checkout/preferences/${providerPreferenceId}`, {
    headers: { authorization: `Bearer ${PLATFORM_ACCESS_TOKEN}` },
  })
  return (await answer.json()) as Record<string, any>
}

async function oneTryLater(charge: Charge) {
  await simulator.advance({ seconds: 61 })
  await new ResumeCharges().handle()
  await charge.refresh()
}

test.group('A payment link', () => {
  test('says what to pay, whose it is, until when, and leads back to the payer', async ({
    assert,
  }) => {
    const tenant = await givenSeller({ tradeName: 'Perfumaria Ipê' })
    const receivable = await givenReceivable(tenant)

    const charge = await issue(tenant, receivable, 'link')

    assert.equal(charge.state, 'pending')
    assert.equal(charge.providerApi, 'preferences')
    assert.equal(charge.estimatedChargesMinor, 7_49)
    assert.include(charge.checkoutUrl!, charge.providerPreferenceId!)
    assert.isNull(charge.providerPaymentId)
    const preference = await preferenceOf(charge)
    assert.equal(preference.collector_id, PLATFORM_ACCOUNT_ID)
    assert.equal(preference.external_reference, charge.externalReference)
    assert.equal(preference.items[0].unit_price, 150)
    assert.equal(preference.items[0].currency_id, 'BRL')
    assert.equal(preference.statement_descriptor, 'PERFUMARIA IP')
    assert.equal(Date.parse(preference.expiration_date_to), charge.expiresAt.toMillis())
    assert.include(preference.back_urls.success, `/p/${receivable.publicToken}`)
    assert.deepEqual(await linksMade(), { made: 1, open: 1 })
  })

  test('is made at once, however far the due date, while a boleto waits for its day', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant, { dueInDays: 200 })

    const [link, boleto] = [
      await issue(tenant, receivable, 'link'),
      await issue(tenant, receivable, 'boleto'),
    ]

    assert.deepEqual([link.state, boleto.state], ['pending', 'scheduled'])
    const { date_of_expiration: vouchers } = await preferenceOf(link)
    assert.isBelow(Date.parse(vouchers), link.expiresAt.toMillis())
  })

  test('is closed when its receivable is cancelled', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)
    const charge = await issue(tenant, receivable, 'link')

    await new CancelReceivable().handle({
      tenant,
      receivableId: receivable.id,
      actor: { kind: 'command' },
    })

    await charge.refresh()
    assert.equal(charge.state, 'cancelled')
    assert.isNotNull(charge.checkoutClosedAt)
    assert.isFalse(await isOpen(charge.providerPreferenceId!))
  })
})

test.group('A payment link while Mercado Pago fails', (group) => {
  group.each.setup(() => {
    const { timeoutMs } = mercadopago
    mercadopago.timeoutMs = 400
    return () => void (mercadopago.timeoutMs = timeoutMs)
  })

  test('after "{kind}" there is one link and never two')
    .with([
      { kind: 'hang_after_work' },
      { kind: 'error_after_work' },
      { kind: 'cut_body' },
      { kind: 'malformed_body' },
      { kind: 'huge_body' },
      { kind: 'server_error' },
      { kind: 'rate_limit' },
    ])
    .run(async ({ assert }, { kind }) => {
      const tenant = await givenSeller()
      await simulator.fault({ kind, route: CREATE, times: 1 })
      const charge = await issue(tenant, await givenReceivable(tenant), 'link')
      assert.equal(charge.state, 'creating')

      await oneTryLater(charge)

      assert.equal(charge.state, 'pending')
      assert.isNull(charge.failureCode)
      assert.deepEqual(await linksMade(), { made: 1, open: 1 })
      assert.isTrue(await isOpen(charge.providerPreferenceId!))
    })

  test('a search that fails makes no link', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'cut_body', route: CREATE, times: 1 })
    const charge = await issue(tenant, await givenReceivable(tenant), 'link')
    const route = 'GET /checkout/preferences/search'
    await simulator.fault({ kind: 'server_error', route, times: 1 })

    await oneTryLater(charge)
    assert.equal(charge.state, 'creating')
    assert.deepEqual(await linksMade(), { made: 1, open: 1 })

    await simulator.advance({ seconds: 120 })
    await oneTryLater(charge)
    assert.equal(charge.state, 'pending')
    assert.deepEqual(await linksMade(), { made: 1, open: 1 })
  })

  test('of two that were made all the same, the later one is closed', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'error_after_work', route: CREATE, times: 1 })
    const charge = await issue(tenant, await givenReceivable(tenant), 'link')
    await simulator.advance({ seconds: 1 })
    // The first call was so slow that a second link came into being.
    const second = await mercadoPago.checkoutOn(charge.account).create(await newPreference(charge))
    assert.deepEqual(await linksMade(), { made: 2, open: 2 })

    await oneTryLater(charge)

    assert.equal(charge.state, 'pending')
    assert.notEqual(charge.providerPreferenceId, second.id)
    assert.isFalse(await isOpen(second.id))
    assert.deepEqual(await linksMade(), { made: 2, open: 1 })
  })

  test('a refusal is kept with its code, and the way may be offered again', async ({ assert }) => {
    const tenant = await givenSeller({ statementDescriptor: 'PERFUMARIA' })
    const receivable = await givenReceivable(tenant, { description: ' ' })
    await receivable.customer.merge({ email: 'not an address' }).save()

    const charge = await issue(tenant, receivable, 'link')

    assert.equal(charge.state, 'rejected')
    assert.equal(charge.failureCode, 'invalid_payer')
    await receivable.customer.merge({ email: 'maria@example.com' }).save()
    const again = await issue(tenant, receivable, 'link')
    assert.equal(again.state, 'pending')
    assert.deepEqual(await linksMade(), { made: 1, open: 1 })
  })

  test('fifty presses at once make one link', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)

    const charges = await Promise.all(
      Array.from({ length: 50 }, () => issue(tenant, receivable, 'link'))
    )

    assert.lengthOf(new Set(charges.map(({ id }) => id)), 1)
    assert.deepEqual(await linksMade(), { made: 1, open: 1 })
  })

  test('two workers that look at once make one link', async ({ assert }) => {
    const tenant = await givenSeller()
    await simulator.fault({ kind: 'server_error', route: CREATE, times: 1 })
    await issue(tenant, await givenReceivable(tenant), 'link')
    await simulator.advance({ seconds: 61 })

    await Promise.all([new ResumeCharges().handle(), new ResumeCharges().handle()])

    assert.deepEqual(await linksMade(), { made: 1, open: 1 })
  })
})
