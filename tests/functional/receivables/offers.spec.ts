import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import AccountMethods from '#app/gateway/models/account_methods'
import { RefreshAccountMethods } from '#app/gateway/actions/refresh_account_methods'
import ExceptionCase from '#app/payments/models/exception_case'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { linksMade } from '#tests/support/checkout'
import { givenMember } from '#tests/support/given'
import { givenWebhookSecret, postings } from '#tests/support/money'
import { givenCustomer, givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const addressOf = (tenant: Tenant, { id }: Receivable) => `/t/${tenant.slug}/receivables/${id}`

/** The ways that the page lets somebody choose. */
const choices = (html: string) =>
  [...html.matchAll(/name="methods\[\]" value="(\w+)"/g)].map(([, method]) => method)

const refresh = () => new RefreshAccountMethods().handle()

test.group('The ways that are offered', () => {
  test('are those of the account, each with who gets what and when', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)

    const page = await client.get(addressOf(tenant, receivable)).loginAs(user)

    assert.deepEqual(choices(page.text()), ['boleto', 'pix', 'link'])
    // Mercado Pago 3.49, 1.49, 7.49; the platform 1.50 each.
    for (const text of ['145,01', '147,01', '141,01', 'após 14 dias', 'no mesmo dia']) {
      page.assertTextIncludes(text)
    }
  })

  test('leave out what the account does not have, and keep the list when nobody answers', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)
    const known = await AccountMethods.firstOrFail()
    await known.merge({ methods: known.methods.filter(({ id }) => id !== 'pix') }).save()

    const page = await client.get(addressOf(tenant, receivable)).loginAs(user)
    assert.deepEqual(choices(page.text()), ['boleto', 'link'])
    await assert.rejects(() => issue(tenant, receivable, 'pix'), 'MethodNotOffered')

    await simulator.fault({ kind: 'server_error', route: 'GET /v1/payment_methods', times: 1 })
    await refresh()
    const still = await client.get(addressOf(tenant, receivable)).loginAs(user)
    assert.deepEqual(choices(still.text()), ['boleto', 'link'])

    await refresh()
    const again = await client.get(addressOf(tenant, receivable)).loginAs(user)
    assert.deepEqual(choices(again.text()), ['boleto', 'pix', 'link'])
  })

  test('are all of the site while the list of the account is not known', async ({ assert }) => {
    const tenant = await givenSeller()
    await AccountMethods.query().delete()

    const charge = await issue(tenant, await givenReceivable(tenant), 'pix')

    assert.equal(charge.state, 'pending')
  })

  test('say the least and the most before anybody is asked', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const small = await givenReceivable(tenant, { amountMinor: 3_99 })
    const large = await givenReceivable(tenant, { amountMinor: 1_000_000_01 })

    const smallPage = await client.get(addressOf(tenant, small)).loginAs(user)
    assert.deepEqual(choices(smallPage.text()), ['pix', 'link'])
    assert.match(smallPage.text(), /aceita R\$\s4,00 ou mais/)
    const largePage = await client.get(addressOf(tenant, large)).loginAs(user)
    assert.deepEqual(choices(largePage.text()), [])
    assert.match(largePage.text(), /aceita no máximo R\$\s1\.000\.000,00/)

    await assert.rejects(() => issue(tenant, small, 'boleto'), 'AmountTooSmall')
    await assert.rejects(() => issue(tenant, large, 'pix'), 'AmountTooLarge')
    assert.lengthOf(await Charge.all(), 0)
  })

  for (const [country, least] of [
    ['AR', 'Rapipago Pago Fácil'],
    ['CL', ''],
    ['CO', ''],
    ['MX', ''],
    ['PE', ''],
    ['UY', ''],
  ] as const) {
    test(`in ${country} a link is made and can be opened`, async ({ assert, client }) => {
      const tenant = await givenSeller({ country })
      const { user } = await givenMember(tenant, 'owner')
      const customer = await givenCustomer(
        tenant,
        country in noIds ? { taxId: noIds[country] } : {}
      )
      const receivable = await givenReceivable(tenant, { customer, amountMinor: 50_000_00 })
      const page = await client.get(addressOf(tenant, receivable)).loginAs(user)
      assert.include(choices(page.text()), 'link')
      assert.notInclude(choices(page.text()), 'boleto')
      for (const name of least.split(' ').filter(Boolean)) page.assertTextIncludes(name)

      const charge = await issue(tenant, receivable, 'link')

      assert.equal(charge.state, 'pending', charge.failureMessage ?? '')
      assert.deepEqual(await linksMade(), { made: 1, open: 1 })
    })
  }
})

/** Valid tax ids where the customers' helper has none. */
const noIds: Partial<Record<string, string>> = {
  MX: 'GODE561231GR8',
  PE: '20512333797',
  UY: '211003420017',
}

test.group('Offering several ways', () => {
  test('fifty identical posts have one effect', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)
    const body = { '_key': newPublicToken(), 'methods[]': ['boleto', 'pix', 'link'] }

    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        client
          .post(`${addressOf(tenant, receivable)}/charges`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form(body)
      )
    )

    assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [303])
    const charges = await Charge.all()
    assert.deepEqual(charges.map(({ method }) => method).sort(), ['boleto', 'link', 'pix'])
    assert.deepEqual([...new Set(charges.map(({ state }) => state))], ['pending'])
    const journal = await simulator.journal()
    const made = journal.filter((entry) => entry.effect === 'payment.created')
    assert.lengthOf(made, 2)
    assert.deepEqual(await linksMade(), { made: 1, open: 1 })
    const page = await client.get(addressOf(tenant, receivable)).loginAs(user)
    for (const { qrCode, checkoutUrl, digitableLine } of charges) {
      const shown = qrCode ?? checkoutUrl ?? digitableLine
      page.assertTextIncludes(shown!.replaceAll('&', '&amp;'))
    }
  })

  test('what cannot be had is said, and the rest is offered', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant, { postalCode: null })
    const receivable = await givenReceivable(tenant, { customer })

    const answer = await client
      .post(`${addressOf(tenant, receivable)}/charges`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ '_key': newPublicToken(), 'methods[]': ['boleto', 'pix'] })

    answer.assertStatus(303)
    assert.include(String(answer.flashMessage('warning')), 'endereço')
    const charges = await Charge.all()
    assert.deepEqual(
      charges.map(({ method }) => method),
      ['pix']
    )
  })

  test('none, a strange one or the same one twice is refused', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)
    for (const methods of [[], ['cash'], ['pix', 'pix'], ['rapipago']]) {
      const answer = await client
        .post(`${addressOf(tenant, receivable)}/charges`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ '_key': newPublicToken(), 'methods[]': methods })
      answer.assertStatus(303)
      assert.isDefined(answer.flashMessage('error'), JSON.stringify(methods))
    }
    assert.lengthOf(await Charge.all(), 0)
  })
})

test.group('An Argentinian tenant', (group) => {
  group.each.setup(givenWebhookSecret)

  test('is offered its vouchers in pesos, and its taxes are booked by type', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller({ country: 'AR' })
    const { user } = await givenMember(tenant, 'owner', [], undefined)
    await user.merge({ locale: 'es' }).save()
    const receivable = await givenReceivable(tenant, { amountMinor: 100_000_00 })
    const page = await client.get(addressOf(tenant, receivable)).loginAs(user)
    assert.deepEqual(choices(page.text()), ['rapipago', 'pagofacil', 'link'])

    const charge = await issue(tenant, receivable, 'rapipago')
    assert.equal(charge.state, 'pending')
    assert.equal(charge.currency, 'ARS')
    assert.isNotNull(charge.documentUrl)
    assert.equal(charge.estimatedChargesMinor, 7_930_00)
    await simulator.pay(charge.providerPaymentId!)
    const payment = await mercadoPago.on(charge.account).payment(charge.providerPaymentId!)
    await new SettlePayment().settle(payment)
    await drainWork()

    const booked = await postings()
    const entries = booked[`payment:${charge.providerPaymentId}:approved`]
    // 4.83 % fee; 2.5 % and 0.6 % withheld.
    assert.includeMembers(entries, [
      'platform:gateway 10000000',
      'platform:gateway -483000 fee',
      'platform:gateway -310000 tax',
    ])
    const after = await client.get(addressOf(tenant, receivable)).loginAs(user)
    after.assertTextIncludes('impuestos')
    assert.match(after.text(), /-\$\s?3\.100,00/)
    assert.match(after.text(), /-\$\s?4\.830,00/)
  })

  test('reads in Spanish what to correct, for its own site', async ({ assert, client }) => {
    const tenant = await givenSeller({ country: 'AR' })
    const { user } = await givenMember(tenant, 'owner')
    await user.merge({ locale: 'es' }).save()
    const customer = await givenCustomer(tenant, { email: 'argentine@testuser.com' })
    const receivable = await givenReceivable(tenant, { customer, amountMinor: 100_000_00 })

    const charge = await issue(tenant, receivable, 'pagofacil')

    assert.equal(charge.failureCode, '2034')
    const page = await client.get(addressOf(tenant, receivable)).loginAs(user)
    page.assertTextIncludes('No se emitió: Pago Fácil')
    page.assertTextIncludes('revisa el correo')
    page.assertTextIncludes(`/customers/${customer.id}/edit?refused=same_person`)
  })
})

test.group('Fine, interest and discount', (group) => {
  group.each.setup(givenWebhookSecret)

  const terms = { fine: '2', interest: '1', discount: '5' }

  test('of a draft go with its boleto, and with no other way', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant, { payUntilInDays: 20 })

    const saved = await client
      .put(`${addressOf(tenant, receivable)}/terms`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ ...terms, interest: '0,5', discount_until: receivable.dueOn })

    saved.assertStatus(303)
    await receivable.refresh()
    assert.containSubset(receivable.$attributes, {
      finePercent: '2.00',
      interestPercent: '0.50',
      discountPercent: '5.00',
      discountUntil: receivable.dueOn,
    })
    const [boleto, pix] = [
      await issue(tenant, receivable, 'boleto'),
      await issue(tenant, receivable, 'pix'),
    ]
    const payment = await simulator.payment(boleto.providerPaymentId!)
    assert.deepEqual(payment.payment_method.data.rules, {
      fine: { type: 'percentage', value: 2 },
      interest: { type: 'percentage', value: 0.5 },
      discounts: [{ type: 'percentage', value: 5, limit_date: receivable.dueOn }],
    })
    const other = await simulator.payment(pix.providerPaymentId!)
    assert.isUndefined(other.payment_method.data)
  })

  test('above what is usual are warned of and kept', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)

    const saved = await client
      .put(`${addressOf(tenant, receivable)}/terms`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ fine: '10', interest: '3' })

    const warning = String(saved.flashMessage('warning'))
    for (const text of ['2%', '1% ao mês', 'nunca contam']) assert.include(warning, text)
    await receivable.refresh()
    assert.equal(receivable.finePercent, '10.00')
  })

  test('are refused when they are no percentage, and once something was offered', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant)
    const put = (form: Record<string, string>) =>
      client
        .put(`${addressOf(tenant, receivable)}/terms`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form(form)
    for (const fine of ['100', '-1', 'two', '1,234', '1e1']) {
      const answer = await put({ fine })
      assert.property(answer.flashMessage('inputErrorsBag'), 'fine', fine)
    }
    await issue(tenant, receivable, 'link')
    const late = await put({ fine: '2' })
    assert.include(String(late.flashMessage('error')), 'já foram oferecidas')
    await receivable.refresh()
    assert.isNull(receivable.finePercent)
  })

  for (const { name, days, amount, state, kind } of [
    { name: 'late', days: 10, amount: 153.15, state: 'overpaid', kind: 'as_agreed' },
    { name: 'early', days: 1, amount: 142.5, state: 'partially_paid', kind: 'as_agreed' },
    {
      name: 'with another amount',
      days: 1,
      amount: 142.49,
      state: 'partially_paid',
      kind: 'underpaid',
    },
  ]) {
    test(`are told apart from differences: paid ${name}`, async ({ assert }) => {
      const tenant = await givenSeller()
      const receivable = await givenReceivable(tenant, { payUntilInDays: 20 })
      await receivable
        .merge({
          finePercent: '2.00',
          interestPercent: '1.00',
          discountPercent: '5.00',
          discountUntil: receivable.dueOn,
        })
        .save()
      const charge = await issue(tenant, receivable, 'boleto')
      await simulator.advance({ days })

      await simulator.pay(charge.providerPaymentId!, amount)
      await drainWork()

      await receivable.refresh()
      assert.equal(receivable.state, state)
      assert.equal(receivable.paidMinor, Math.round(amount * 100))
      const cases = await ExceptionCase.all()
      assert.deepEqual(
        cases.map((one) => one.kind),
        [kind]
      )
    })
  }
})
