import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { ResolveException } from '#app/payments/actions/resolve_exception'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import ExceptionCase from '#app/payments/models/exception_case'
import { SetTerms } from '#app/receivables/actions/set_terms'
import Charge, { type ChargeMethod } from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { EarlierWaysOpen } from '#app/receivables/receivable_errors'
import type Tenant from '#app/tenants/models/tenant'
import { isOpen, tryToPay } from '#tests/support/checkout'
import { givenMember } from '#tests/support/given'
import { givenWebhookSecret, postings } from '#tests/support/money'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const byCommand = { kind: 'command' } as const

/** R$ 150.00, of which R$ 99.99 was paid by boleto; a link had been offered, too. */
async function givenShort() {
  const tenant = await givenSeller()
  const receivable = await givenReceivable(tenant)
  const boleto = await issue(tenant, receivable, 'boleto')
  const link = await issue(tenant, receivable, 'link')
  await simulator.pay(boleto.providerPaymentId!, 99.99)
  await drainWork()
  await receivable.refresh()
  return { tenant, receivable, boleto, link }
}

async function offered(tenant: Tenant, receivable: Receivable, methods: ChargeMethod[]) {
  const charges: Charge[] = []
  for (const method of methods) charges.push(await issue(tenant, receivable, method))
  await drainWork()
  return charges
}

const kinds = async () => {
  const cases = await ExceptionCase.query().orderBy('id')
  return cases.map(({ kind }) => kind)
}

const standing = async (receivable: Receivable) => {
  const { state, paidMinor, outstandingMinor } = await receivable.refresh()
  return { state, paidMinor, outstandingMinor }
}

const stateOf = async (receivable: Receivable) => {
  const { state } = await standing(receivable)
  return state
}

const decide = async (tenant: Tenant, decision: 'waived' | 'left_open' | 'kept') => {
  const { user } = await givenMember(tenant, 'owner')
  const { id: exceptionId } = await ExceptionCase.query().where('state', 'open').firstOrFail()
  const owner = { tenantId: tenant.id }
  return new ResolveException().handle({
    ...{ owner, exceptionId, decision, userId: user.id },
    actor: byCommand,
  })
}

test.group('The rest of a partly paid receivable', (group) => {
  group.each.setup(givenWebhookSecret)

  test('is offered again from its page, to the cent, and paid', async ({ assert, client }) => {
    const { tenant, receivable } = await givenShort()
    const { user } = await givenMember(tenant, 'owner')
    await user.merge({ locale: 'en' }).save()
    const here = `/t/${tenant.slug}/receivables/${receivable.id}`
    const page = await client.get(here).loginAs(user)
    page.assertTextIncludes('How may your customer pay the rest?')
    page.assertTextIncludes('R$50.01')

    const form = { '_key': newPublicToken(), 'methods[]': ['pix', 'link', 'boleto'] }
    const answer = await client.post(`${here}/charges`).loginAs(user).withCsrfToken().form(form)
    answer.assertStatus(200)
    await drainWork()

    const rest = await Charge.query().where({ receivable_id: receivable.id, state: 'pending' })
    assert.deepEqual(rest.map(({ method }) => method).sort(), ['boleto', 'link', 'pix'])
    for (const charge of rest) assert.equal(charge.amountMinor, 5_001)
    const pix = rest.find(({ method }) => method === 'pix')!
    await simulator.pay(pix.providerPaymentId!)
    await drainWork()

    assert.deepEqual(await standing(receivable), {
      ...{ state: 'paid', paidMinor: 15_000, outstandingMinor: 0 },
    })
    assert.deepEqual(await kinds(), ['underpaid'])
    for (const charge of rest) {
      await charge.refresh()
      assert.equal(charge.state, charge === pix ? 'approved' : 'cancelled')
    }
    const booked = Object.keys(await postings()).filter((name) => name.endsWith(':approved'))
    assert.lengthOf(booked, 2)
    await decide(tenant, 'kept')
    assert.equal(await stateOf(receivable), 'paid')
  })

  test('shows the payer what was paid and what is left', async ({ client }) => {
    const { tenant, receivable } = await givenShort()
    const see = () => client.get(`/p/${receivable.publicToken}`).header('accept-language', 'en')
    const before = await see()
    before.assertTextIncludes('R$99.99')
    before.assertTextIncludes('please contact')

    await offered(tenant, receivable, ['pix'])

    const after = await see()
    for (const text of ['R$150.00', 'R$99.99', 'R$50.01', 'Left to pay', 'Only the rest']) {
      after.assertTextIncludes(text)
    }
    const [pix] = await Charge.query().where({ receivable_id: receivable.id, method: 'pix' })
    after.assertTextIncludes(pix.qrCode!)
  })

  test('is not offered while more than it may still be paid', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)
    const boleto = await issue(tenant, receivable, 'boleto')
    const link = await issue(tenant, receivable, 'link')
    await simulator.fault({ kind: 'server_error', route: 'PUT /checkout/preferences/:id' })
    await simulator.pay(boleto.providerPaymentId!, 100)
    await drainWork()
    await receivable.refresh()
    assert.isTrue(await isOpen(link.providerPreferenceId!))

    for (const method of ['link', 'pix'] as const) {
      const error = await issue(tenant, receivable, method).catch((reason) => reason)
      assert.instanceOf(error, EarlierWaysOpen)
    }
    const { user } = await givenMember(tenant, 'owner')
    const page = await client.get(`/t/${tenant.slug}/receivables/${receivable.id}`).loginAs(user)
    page.assertTextIncludes('ainda está sendo encerrado')
    const seen = await client.get(`/p/${receivable.publicToken}`)
    seen.assertStatus(200)
    assert.notInclude(seen.text(), link.checkoutUrl!.replaceAll('&', '&amp;'))
    assert.lengthOf(await Charge.all(), 2)
  })

  test('paid twice at the same instant is booked twice, with one exception more', async ({
    assert,
  }) => {
    const { tenant, receivable } = await givenShort()
    const charges = await offered(tenant, receivable, ['pix', 'boleto'])
    await simulator.fault({ kind: 'drop' })
    await Promise.all(charges.map(({ providerPaymentId }) => simulator.pay(providerPaymentId!)))
    const news = await Promise.all(
      charges.map((charge) => mercadoPago.on(charge.account).payment(charge.providerPaymentId!))
    )

    await Promise.all(news.map((payment) => new SettlePayment().settle(payment)))
    await drainWork()

    assert.deepEqual(await standing(receivable), {
      ...{ state: 'overpaid', paidMinor: 9_999 + 2 * 5_001, outstandingMinor: 0 },
    })
    assert.deepEqual(await kinds(), ['underpaid', 'double_payment'])
    const booked = Object.keys(await postings()).filter((name) => name.endsWith(':approved'))
    assert.lengthOf(booked, 3)
  })

  test('paid in part again leaves the rest of the rest', async ({ assert }) => {
    const { tenant, receivable } = await givenShort()
    const [boleto] = await offered(tenant, receivable, ['boleto', 'link'])
    await simulator.pay(boleto.providerPaymentId!, 50)
    await drainWork()

    assert.deepEqual(await standing(receivable), {
      ...{ state: 'partially_paid', paidMinor: 14_999, outstandingMinor: 1 },
    })
    assert.deepEqual(await kinds(), ['underpaid', 'underpaid'])
    assert.lengthOf(await Charge.query().where('state', 'pending'), 0)
  })

  test('refused by card stays payable, and a checkout begun for it is not closed', async ({
    assert,
  }) => {
    const { tenant, receivable } = await givenShort()
    const [link, pix] = await offered(tenant, receivable, ['link', 'pix'])
    const review = await tryToPay(link, { cardholder_name: 'CONT' })
    await drainWork()
    assert.equal(review.status, 'in_process')
    await pix.refresh()
    assert.equal(pix.state, 'pending')
    await simulator.control('POST', `/payments/${review.id}/reject`, {})
    await drainWork()
    assert.isTrue(await isOpen(link.providerPreferenceId!))

    await tryToPay(link, { cardholder_name: 'APRO' })
    await drainWork()

    assert.equal(await stateOf(receivable), 'paid')
    await pix.refresh()
    assert.equal(pix.state, 'cancelled')
    assert.isFalse(await isOpen(link.providerPreferenceId!))
  })

  test('that is waived is closed wherever it was offered', async ({ assert }) => {
    const { tenant, receivable } = await givenShort()
    const [pix, link] = await offered(tenant, receivable, ['pix', 'link'])

    await decide(tenant, 'waived')
    await drainWork()

    assert.equal(await stateOf(receivable), 'paid')
    await pix.refresh()
    assert.equal(pix.state, 'cancelled')
    assert.isFalse(await isOpen(link.providerPreferenceId!))
    const error = await issue(tenant, receivable, 'pix').catch((reason) => reason)
    assert.equal(error.key, 'receivables.nothing_to_charge')
  })

  test('that stays owed by decision stays payable', async ({ assert }) => {
    const { tenant, receivable } = await givenShort()
    const [pix] = await offered(tenant, receivable, ['pix'])

    await decide(tenant, 'left_open')
    await drainWork()
    await simulator.pay(pix.providerPaymentId!)
    await drainWork()

    assert.equal(await stateOf(receivable), 'paid')
    assert.deepEqual(await kinds(), ['underpaid'])
  })

  test('is closed when what was paid before is given back', async ({ assert }) => {
    const { tenant, receivable, boleto } = await givenShort()
    const [pix] = await offered(tenant, receivable, ['pix'])

    const { providerPaymentId: id } = boleto
    await simulator.control('POST', `/payments/${id}/refunds`, { amount: 10 })
    await drainWork()

    assert.equal(await stateOf(receivable), 'partially_refunded')
    await pix.refresh()
    assert.equal(pix.state, 'cancelled')
  })

  test('paid late with its fine and interest is as agreed', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant, { dueInDays: 5, payUntilInDays: 25 })
    const terms = { finePercent: '2.00', interestPercent: '1.00' }
    const none = { discountPercent: null, discountUntil: null }
    await new SetTerms().handle({ receivable, terms: { ...terms, ...none }, actor: byCommand })
    const whole = await issue(tenant, receivable, 'boleto')
    await simulator.pay(whole.providerPaymentId!, 50)
    await drainWork()
    await receivable.refresh()
    const [rest] = await offered(tenant, receivable, ['boleto'])
    await simulator.advance({ days: 8 })

    // R$ 100.00, 2 % fine and three days of 1 % a month.
    await simulator.pay(rest.providerPaymentId!, 102.1)
    await drainWork()

    assert.deepEqual(await kinds(), ['underpaid', 'as_agreed'])
  })
})
