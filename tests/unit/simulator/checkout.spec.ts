import { test } from '@japa/runner'
import { MASTER, VISA } from './card_support.js'
import {
  AFTER,
  SHOP,
  formOf,
  linkTo,
  ordersOf,
  payIn,
  prefer,
  submit,
  visit,
} from './checkout_support.js'
import { startTestSimulator, statusOf, type TestSimulator } from './support.js'

const BOLETO = {
  first_name: 'Ana',
  last_name: 'Lima',
  identification_number: '123.456.789-09',
  zip_code: '01310-100',
  street_name: 'Avenida Paulista',
  street_number: '1000',
  neighborhood: 'Bela Vista',
  city: 'São Paulo',
  federal_unit: 'SP',
}

test.group('Simulator | the checkout', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const paymentOf = (html: string) => {
    const [, id] = /<dt>Payment<\/dt><dd>(\d+)/.exec(html)!
    return simulator.payment(Number(id))
  }
  const buy = async (offer: string, filled = {}, change = {}) => {
    const preference = await prefer(simulator, change)
    return { preference, ...(await submit(simulator, preference.init_point, offer, filled)) }
  }
  const clock = (days: number) => simulator.control('/clock', { advance_days: days })

  test('says what is sold, by whom, for how much, and that no money moves', async ({ assert }) => {
    const preference = await prefer(simulator, {
      items: [{ title: '<b>Soap</b>', description: 'of "lye"', quantity: 3, unit_price: 10 }],
      shipments: { mode: 'custom', cost: 5.5 },
    })
    const html = await visit(simulator, preference.init_point)
    for (const text of ['&lt;b&gt;Soap', 'of &quot;lye&quot;', '3 × R$10.00', 'R$30.00']) {
      assert.include(html, text)
    }
    assert.include(html, 'Plataforma de Testes Ltda asks you for')
    assert.include(html, 'Shipping')
    assert.include(html, 'R$35.50')
    assert.include(html, 'Simulator — not Mercado Pago')
    assert.notInclude(html, '<script')
  })

  test('lets a card pay, and returns to the shop with what is documented', async ({ assert }) => {
    const { preference, html, headers, url } = await buy(
      'credit_card',
      { installments: '3' },
      { auto_return: 'approved', metadata: { cartId: 7 }, statement_descriptor: 'JASMIM' }
    )
    assert.match(url, /\/checkout\/v1\/result\?payment_id=\d+&hash=/)
    const payment = await paymentOf(html)
    const [order] = await ordersOf(simulator, preference.id)
    assert.containSubset(payment, {
      status: 'approved',
      installments: 3,
      payment_method_id: 'master',
      description: 'Perfume, Gift wrap',
      external_reference: 'cart-7',
      metadata: { cart_id: 7 },
      statement_descriptor: 'JASMIM',
      order: { id: String(order.id), type: 'mercadopago' },
      payer: { email: 'ana@example.com' },
      additional_info: {
        items: [
          { id: 'p-1', title: 'Perfume', quantity: '2', unit_price: '40.25' },
          { title: 'Gift wrap', quantity: '1', unit_price: '19.5' },
        ],
      },
      card: { last_four_digits: MASTER.slice(-4), cardholder: { name: 'APRO' } },
    })
    const back = new URL(linkTo(html, 'Back to the shop')!)
    assert.equal(back.origin + back.pathname, `${SHOP}/paid`)
    assert.deepEqual(
      [...back.searchParams],
      [
        ['cart', '7'],
        ['collection_id', String(payment.id)],
        ['collection_status', 'approved'],
        ['payment_id', String(payment.id)],
        ['status', 'approved'],
        ['external_reference', 'cart-7'],
        ['payment_type', 'credit_card'],
        ['merchant_order_id', String(order.id)],
        ['preference_id', preference.id],
        ['site_id', 'MLB'],
        ['processing_mode', 'aggregator'],
        ['merchant_account_id', 'null'],
      ]
    )
    assert.equal(headers.get('refresh'), `5; url=${back.href}`)
  })

  test('returns nobody by itself unless it was asked to, and paid', async ({ assert }) => {
    const without = await buy('credit_card')
    assert.isNull(without.headers.get('refresh'))
    const rejected = await buy('credit_card', { cardholder: 'FUND' }, { auto_return: 'all' })
    assert.isNull(rejected.headers.get('refresh'))
    const approved = await buy('credit_card', {}, { auto_return: 'all' })
    assert.isNotNull(approved.headers.get('refresh'))
  })

  test('lets whoever was rejected try again, as often as it takes', async ({ assert }) => {
    const { preference, html } = await buy('credit_card', { cardholder: 'FUND' })
    assert.include(html, 'There is not enough money on the card.')
    const back = new URL(linkTo(html, 'Back to the shop')!)
    assert.equal(back.pathname, '/failed')
    assert.equal(back.searchParams.get('status'), 'rejected')
    const again = linkTo(html, 'Try again, or another way to pay')!
    assert.include(await visit(simulator, again), 'The last attempt was rejected.')
    await submit(simulator, again, 'credit_card', { cardholder: 'CALL' })
    const paid = await submit(simulator, again, 'pix')
    assert.include(paid.html, 'Waiting for your payment')
    const [order, ...others] = await ordersOf(simulator, preference.id)
    assert.lengthOf(others, 0)
    assert.deepEqual(
      order.payments.map(({ status }: any) => status),
      ['rejected', 'rejected', 'pending']
    )
  })

  test('gives a Pix its code, and the way back once it is paid', async ({ assert }) => {
    const { html, url } = await buy('pix', { email: 'bia@example.com' })
    const payment = await paymentOf(html)
    assert.deepInclude(payment, { status: 'pending', payment_method_id: 'pix' })
    assert.equal(payment.payer.email, 'bia@example.com')
    assert.equal(new URL(linkTo(html, 'Back to the shop')!).pathname, '/pending')
    const ticket = linkTo(html, 'Open Pix')!
    assert.include(await visit(simulator, ticket), 'Pay this Pix')
    await simulator.control(`/payments/${payment.id}/pay`)
    const paid = await visit(simulator, ticket)
    const result = linkTo(paid, 'Back to the checkout')!
    assert.equal(new URL(result, simulator.url).href, url)
    assert.include(await visit(simulator, result), 'The money has arrived.')
  })

  test('asks for document and address before it gives a boleto', async ({ assert }) => {
    const preference = await prefer(simulator)
    const wrong: [Record<string, string>, string][] = [
      [{ zip_code: ' ' }, '7521'],
      [{ identification_number: '12345678900' }, '2067'],
      [{ first_name: '' }, '4094'],
      [{ last_name: '' }, '4095'],
      [{ identification_number: '' }, '4097'],
      [{ email: 'nobody' }, '4050'],
    ]
    for (const [change, code] of wrong) {
      const refused = await submit(simulator, preference.init_point, 'bolbradesco', {
        ...BOLETO,
        ...change,
      })
      assert.equal(refused.status, 400, code)
      assert.match(refused.html, /<details class="offer" name="offer" open>\s*<summary>Boleto/)
      assert.include(refused.html, 'value="Avenida Paulista"')
    }
    assert.lengthOf(await ordersOf(simulator, preference.id), 0)
    const done = await submit(simulator, preference.init_point, 'bolbradesco', BOLETO)
    const payment = await paymentOf(done.html)
    assert.deepInclude(payment.payer, { first_name: 'Ana', last_name: 'Lima' })
    assert.deepEqual(payment.payer.identification, { type: 'CPF', number: '12345678909' })
    assert.equal(payment.payer.address.city, 'São Paulo')
    assert.include(await visit(simulator, linkTo(done.html, 'Open the boleto')!), 'Pay this boleto')
  })

  test('fills in what the shop told of the payer', async ({ assert }) => {
    const preference = await prefer(simulator, {
      payer: {
        name: 'Ana',
        surname: 'Lima',
        email: 'ana@example.com',
        identification: { type: 'CNPJ', number: '11222333000181' },
        address: { zip_code: '01310-100', street_name: 'Rua', street_number: 7 },
      },
    })
    const fields = formOf(await visit(simulator, preference.init_point), 'bolbradesco')
    assert.containSubset(fields, {
      email: 'ana@example.com',
      first_name: 'Ana',
      last_name: 'Lima',
      identification_type: 'CNPJ',
      identification_number: '11222333000181',
      zip_code: '01310-100',
      street_number: '7',
      city: '',
    })
  })

  test('tells what is wrong with a card, beside it, and keeps what was typed', async ({
    assert,
  }) => {
    const preference = await prefer(simulator)
    const wrong: [Record<string, string>, string][] = [
      [{ card_number: '5031433215406350' }, 'card_number'],
      [{ security_code: '12' }, 'security_code'],
      [{ security_code: '1234' }, 'security_code'],
      [{ expiration_year: '2020' }, 'expiration_year'],
      [{ expiration_month: '13' }, 'expiration_month'],
      [{ email: '' }, 'email'],
      [{ email: simulator.accounts[0].email }, 'email'],
      [{ identification_number: '1' }, 'identification_number'],
    ]
    for (const [change, field] of wrong) {
      const { status, html } = await submit(simulator, preference.init_point, 'credit_card', {
        cardholder: 'CONT',
        ...change,
      })
      assert.equal(status, 400, field)
      const [input] = html.split(`<input name="${field}"`)[1].split('>')
      assert.include(input, 'aria-invalid', field)
      assert.include(html, '<option value="CONT" selected>')
      assert.equal(formOf(html, 'credit_card').security_code, '123')
    }
  })

  test('offers what is neither excluded nor out of range, the preferred one first', async ({
    assert,
  }) => {
    const offersOf = async (change: Record<string, unknown>) => {
      const preference = await prefer(simulator, change)
      const html = await visit(simulator, preference.init_point)
      return [...html.matchAll(/name="offer" value="(\w+)"/g)].map(([, id]) => id)
    }
    const methods = (value: object) => offersOf({ payment_methods: value })
    const all = ['credit_card', 'debit_card', 'bolbradesco', 'pix', 'pec']
    assert.deepEqual(await offersOf({}), all)
    assert.deepEqual(
      await methods({ excluded_payment_types: [{ id: 'ticket' }, { id: 'debit_card' }] }),
      ['credit_card', 'pix']
    )
    assert.deepEqual(
      await methods({
        excluded_payment_methods: [{ id: 'pix' }],
        default_payment_method_id: 'pec',
      }),
      ['pec', 'credit_card', 'debit_card', 'bolbradesco']
    )
    assert.deepEqual(await offersOf({ items: [{ title: 'Gum', quantity: 1, unit_price: 0.6 }] }), [
      'credit_card',
      'debit_card',
      'pix',
    ])
  })

  test('takes nothing that it does not offer', async ({ assert }) => {
    const preference = await prefer(simulator, {
      payment_methods: { excluded_payment_methods: [{ id: 'visa' }], installments: 3 },
    })
    const path = preference.init_point
    const visa = await submit(simulator, path, 'credit_card', { card_number: VISA })
    assert.equal(visa.status, 400)
    assert.include(visa.html, 'The shop does not take this card')
    const long = await submit(simulator, path, 'credit_card', { installments: '4' })
    assert.equal(long.status, 400)
    const other = await submit(simulator, path, 'credit_card', { offer: 'rapipago' })
    assert.equal(other.status, 400)
    const half = await submit(simulator, path, 'credit_card', { installments: '1.5' })
    assert.equal(half.status, 400)
    assert.lengthOf(await ordersOf(simulator, preference.id), 0)
    const html = await visit(simulator, path)
    assert.include(html, '3 × R$33.33')
    assert.notInclude(html, '4 × ')
  })

  test('pays once, however often a form is sent', async ({ assert }) => {
    const { preference, fields, url } = await buy('credit_card')
    const again = await fetch(`${simulator.url}/checkout/v1/redirect`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    })
    assert.equal(again.url, url)
    const [order, ...others] = await ordersOf(simulator, preference.id)
    assert.lengthOf(others, 0)
    assert.lengthOf(order.payments, 1)
  })

  test('warns whoever comes back to what is paid, or waits', async ({ assert }) => {
    const { preference } = await buy('credit_card')
    assert.include(await visit(simulator, preference.init_point), 'This was paid already')
    const waiting = await buy('pix')
    const html = await visit(simulator, waiting.preference.init_point)
    assert.include(html, 'An earlier payment still waits')
  })

  test('asks for the rest of what was paid in part', async ({ assert }) => {
    const { preference, html } = await buy('pix')
    const { id } = await paymentOf(html)
    await simulator.control(`/payments/${id}/pay`, { amount: 30 })
    const page = await visit(simulator, preference.init_point)
    assert.include(page, 'Paid already')
    assert.include(page, 'Pay R$70.00')
  })

  test('says when its time is over, or not there yet', async ({ assert }) => {
    const over = await prefer(simulator, {
      expires: true,
      expiration_date_to: AFTER.tomorrow(),
    })
    const early = await prefer(simulator, {
      expires: true,
      expiration_date_from: AFTER.days(3),
    })
    assert.include(await visit(simulator, early.init_point), 'This can be paid from')
    const form = await submit(simulator, over.init_point, 'pix', {})
    assert.equal(form.status, 200)
    const open = formOf(await visit(simulator, over.init_point), 'pix')
    await clock(2)
    const html = await visit(simulator, over.init_point)
    assert.include(html, 'This payment link expired on')
    assert.notInclude(html, '<form')
    const late = await fetch(`${simulator.url}/checkout/v1/redirect`, {
      method: 'POST',
      body: new URLSearchParams(open),
    })
    assert.equal(late.status, 400)
    assert.equal(await statusOf(simulator.control(`/preferences/${over.id}/pay`)), 409)
    assert.equal(await statusOf(simulator.control(`/preferences/${early.id}/pay`)), 409)
    await clock(2)
    assert.include(await visit(simulator, early.init_point), 'How do you want to pay?')
  })

  test('leads back without a payment with nothing but nulls', async ({ assert }) => {
    const preference = await prefer(simulator, { external_reference: null })
    const html = await visit(simulator, preference.init_point)
    const { pathname, searchParams } = new URL(linkTo(html, 'Back to the shop without paying')!)
    assert.equal(pathname, '/failed')
    assert.deepEqual(Object.fromEntries(searchParams), {
      collection_id: 'null',
      collection_status: 'null',
      payment_id: 'null',
      status: 'null',
      external_reference: 'null',
      payment_type: 'null',
      merchant_order_id: 'null',
      preference_id: preference.id,
      site_id: 'MLB',
      processing_mode: 'aggregator',
      merchant_account_id: 'null',
    })
    const bare = await prefer(simulator, { back_urls: {} })
    assert.notInclude(await visit(simulator, bare.init_point), 'Back to the shop')
  })

  test('confirms a challenged card at the bank, and looks a card over', async ({ assert }) => {
    const challenged = await buy('credit_card', { cardholder: 'pending_challenge' })
    const bank = linkTo(challenged.html, 'Confirm at your bank')!
    assert.include(await visit(simulator, bank), 'Confirm this payment')
    const reviewed = await buy('credit_card', { cardholder: 'CONT' })
    assert.include(reviewed.html, 'It is being looked at')
    const { id } = await paymentOf(reviewed.html)
    const { body } = await simulator.control(`/payments/${id}/approve`)
    assert.equal(body.status, 'approved')
    const binary = await buy('credit_card', { cardholder: 'CONT' }, { binary_mode: true })
    assert.include(binary.html, 'The payment was rejected')
  })

  test('pays with debit cards as such', async ({ assert }) => {
    const { html } = await buy('debit_card', { card_number: VISA })
    const payment = await paymentOf(html)
    assert.deepInclude(payment, { payment_method_id: 'debvisa', payment_type_id: 'debit_card' })
  })

  test('gives a boleto the date that the shop wants', async ({ assert }) => {
    const wanted = AFTER.days(9)
    const { html } = await buy('bolbradesco', BOLETO, { date_of_expiration: wanted })
    const payment = await paymentOf(html)
    assert.equal(Date.parse(payment.date_of_expiration), Date.parse(wanted))
  })

  test('shows a result to who knows its address, and no other payment', async ({ assert }) => {
    const { html, url } = await buy('credit_card')
    const { id } = await paymentOf(html)
    const guess = `/checkout/v1/result?payment_id=${id}&hash=x`
    assert.equal(await statusOf(fetch(simulator.url + guess)), 404)
    assert.equal(await statusOf(fetch(url)), 200)
    const own = await simulator.charge()
    const ticket = new URL(own.transaction_details.external_resource_url)
    const hash = ticket.searchParams.get('hash')
    const foreign = `/checkout/v1/result?payment_id=${own.id}&hash=${hash}`
    assert.equal(await statusOf(fetch(simulator.url + foreign)), 404)
    assert.equal(await statusOf(fetch(`${simulator.url}/checkout/v1/redirect?pref_id=x`)), 404)
  })

  test('has the payment live as any other does', async ({ assert }) => {
    const preference = await prefer(simulator)
    const { id } = await payIn(simulator, preference.id)
    await simulator.control(`/payments/${id}/mediations`)
    await simulator.control(`/payments/${id}/mediations/win`)
    await clock(15)
    const released = await simulator.payment(id)
    assert.equal(released.money_release_status, 'released')
    const refund = await simulator.post(`/v1/payments/${id}/refunds`, { amount: 20 })
    assert.equal(refund.status, 201)
    const { body: found } = await simulator.get('/v1/payments/search?external_reference=cart-7')
    assert.deepEqual(found.results[0].order, released.order)
    const effects = await simulator.journal('payment.')
    assert.isTrue(effects.every((entry) => entry.merchant_order_id === Number(released.order.id)))
  })

  test('takes from the control API what a payer would fill in', async ({ assert }) => {
    const preference = await prefer(simulator)
    const pay = (input: object) => simulator.control(`/preferences/${preference.id}/pay`, input)
    const { status, body } = await pay({
      payment_method_id: 'visa',
      installments: 2,
      payer: { email: 'bia@example.com', identification: { number: '11144477735' } },
    })
    assert.equal(status, 201)
    assert.deepInclude(body, { payment_method_id: 'visa', installments: 2, status: 'approved' })
    assert.equal(body.payer.email, 'bia@example.com')
    const pending = await pay({ payment_method_id: 'bolbradesco', pay: false })
    assert.equal(pending.body.status, 'pending')
    const refused: [object, number][] = [
      [{ payment_method_id: 'rapipago' }, 409],
      [{ payer: { email: 'x' } }, 400],
      [{ payer: 'x' }, 400],
      [{ installments: 13 }, 400],
      [{ cardholder: 'APRO' }, 400],
    ]
    for (const [input, expected] of refused) {
      assert.equal(await statusOf(pay(input)), expected, JSON.stringify(input))
    }
    assert.equal(await statusOf(simulator.control('/preferences/x/pay')), 404)
  })

  test('refuses a form of another site', async ({ assert }) => {
    const preference = await prefer(simulator)
    const fields = formOf(await visit(simulator, preference.init_point), 'credit_card')
    const { status } = await fetch(`${simulator.url}/checkout/v1/redirect`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    assert.equal(status, 403)
  })
})
