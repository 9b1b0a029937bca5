import { test } from '@japa/runner'
import {
  ARGENTINE_ACCESS_TOKEN,
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_PUBLIC_KEY,
  SELLER_TOKENS,
} from '../../../app/simulator/main.js'
import { bearer } from './oauth_support.js'
import { boletoRequest, pixRequest, startTestSimulator, type TestSimulator } from './support.js'

const PSE = {
  payment_method_id: 'pse',
  transaction_amount: 5000,
  callback_url: 'https://shop.example/back',
  transaction_details: { financial_institution: '1009' },
  additional_info: { ip_address: '127.0.0.1' },
  payer: {
    email: 'ana@example.com',
    entity_type: 'individual',
    identification: { type: 'CC', number: '111111' },
  },
}

/** Site, currency, method, amount, type and the day's end there. */
const CASH: [string, string, string, number, string][] = [
  ['MLB', 'BRL', 'pec', 100, 'ticket'],
  ['MLA', 'ARS', 'rapipago', 1500.5, 'ticket'],
  ['MLA', 'ARS', 'pagofacil', 1500.5, 'ticket'],
  ['MLM', 'MXN', 'oxxo', 100, 'ticket'],
  ['MLM', 'MXN', 'paycash', 100, 'ticket'],
  ['MLM', 'MXN', 'banamex', 100, 'atm'],
  ['MLM', 'MXN', 'serfin', 100, 'atm'],
  ['MLM', 'MXN', 'bancomer', 100, 'atm'],
  ['MLM', 'MXN', 'clabe', 100, 'bank_transfer'],
  ['MPE', 'PEN', 'pagoefectivo_atm', 100, 'atm'],
  ['MCO', 'COP', 'efecty', 20_000, 'ticket'],
  ['MCO', 'COP', 'pse', 20_000, 'bank_transfer'],
  ['MLU', 'UYU', 'abitab', 500, 'ticket'],
  ['MLU', 'UYU', 'redpagos', 500, 'ticket'],
  ['MLC', 'CLP', 'webpay', 5000, 'bank_transfer'],
  ['MLC', 'CLP', 'servipag', 5000, 'ticket'],
]

function requestFor(method: string, amount: number) {
  const common = { ...PSE, payment_method_id: method, transaction_amount: amount }
  if (method === 'pse') return common
  const { payer } = boletoRequest()
  if (method === 'pec') return { payment_method_id: method, transaction_amount: amount, payer }
  const { identification, ...other } = PSE.payer
  const institution = { transaction_details: { financial_institution: '1234' } }
  return { ...common, ...(method === 'webpay' && institution), payer: other }
}

test.group('Simulator | methods of the sites', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const tokens: Record<string, string> = {
    MLB: PLATFORM_ACCESS_TOKEN,
    MLA: ARGENTINE_ACCESS_TOKEN,
    ...SELLER_TOKENS,
  }
  const tokenOf = (siteId: string) => tokens[siteId]
  let key = 0
  const charge = async (siteId: string, body: Record<string, unknown>) => {
    const headers = { ...bearer(tokenOf(siteId)), 'x-idempotency-key': `k${key++}` }
    return simulator.call('POST', '/v1/payments', body, headers)
  }

  test('let {2} be paid in {0}')
    .with(CASH)
    .run(async ({ assert }, [siteId, currency, method, amount, type]) => {
      const { status, body } = await charge(siteId, requestFor(method, amount))
      assert.equal(status, 201, JSON.stringify(body))
      assert.deepInclude(body, {
        currency_id: currency,
        payment_method_id: method,
        payment_type_id: type,
        status: 'pending',
        transaction_amount: amount,
      })
      assert.match(body.status_detail, /^pending_waiting_(payment|transfer)$/)
      const { external_resource_url: url } = body.transaction_details
      const page = await fetch(url)
      assert.equal(page.status, 200)
      const form = new URLSearchParams({ hash: new URL(url).searchParams.get('hash')! })
      await fetch(`${simulator.url}/payments/${body.id}/ticket`, { method: 'POST', body: form })
      const { body: paid } = await simulator.get(`/_simulator/payments/${body.id}`)
      assert.deepEqual([paid.status, paid.status_detail], ['approved', 'accredited'])
      const charged = paid.charges_details.reduce(
        (sum: number, c: any) => sum + c.amounts.original,
        0
      )
      const net = paid.transaction_details.net_received_amount
      assert.isAbove(net, 0)
      assert.closeTo(net + charged, amount, 1e-9)
    })

  test('are listed where they exist, with limits and what they want to know', async ({
    assert,
  }) => {
    for (const [siteId, , method, amount] of CASH) {
      const { body } = await simulator.call('GET', '/v1/payment_methods', undefined, {
        ...bearer(tokenOf(siteId)),
      })
      const listed = body.find(({ id }: any) => id === method)
      assert.isAtMost(listed.min_allowed_amount, amount)
      assert.isAtLeast(listed.max_allowed_amount, amount)
      assert.isFalse(body.some(({ id }: any) => id === 'pix') && siteId !== 'MLB')
    }
    const { body } = await simulator.call('GET', '/v1/payment_methods', undefined, {
      ...bearer(tokenOf('MCO')),
    })
    const pse = body.find(({ id }: any) => id === 'pse')
    assert.include(pse.additional_info_needed, 'financial_institution')
    assert.deepInclude(pse.financial_institutions, { id: '1009', description: 'Citibank' })
  })

  test('are listed for a public key, as a browser asks', async ({ assert }) => {
    const path = `/v1/payment_methods?public_key=${PLATFORM_PUBLIC_KEY}`
    const asked = fetch(`${simulator.url}/v1/payment_methods?public_key=APP_USR-none`)
    const { body } = await simulator.call('GET', path, undefined, { authorization: '' })
    const pix = body.find(({ id }: any) => id === 'pix')
    assert.deepInclude(pix, {
      payment_type_id: 'bank_transfer',
      deferred_capture: 'does_not_apply',
    })
    const unknown = await asked
    assert.equal(unknown.status, 401)
  })

  test('give a cashier a code, and find the payment by it at the counter', async ({ assert }) => {
    const { body } = await charge('MLA', requestFor('rapipago', 1500))
    const { payment_method_reference_id: code, barcode } = body.transaction_details
    assert.match(code, /^\d{9,}$/)
    assert.match(barcode.content, /^\d{34}$/)
    assert.equal(body.barcode.content, barcode.content)
    const paid = await fetch(`${simulator.url}/bank`, {
      method: 'POST',
      body: new URLSearchParams({ code, amount: '1500' }),
    })
    assert.include(await paid.text(), 'approved')
  })

  test('take what the seller bank of a transfer needs, or refuse', async ({ assert }) => {
    const refused = async (change: Record<string, unknown>) => {
      const { status, body } = await charge('MCO', { ...PSE, ...change })
      return status === 201 ? null : body.cause[0].code
    }
    assert.isNull(await refused({}))
    assert.equal(await refused({ transaction_details: undefined }), 1)
    assert.equal(await refused({ transaction_details: { financial_institution: '7' } }), 1)
    assert.equal(await refused({ callback_url: undefined }), 1)
    assert.equal(await refused({ additional_info: { ip_address: 'home' } }), 1)
    const { entity_type: entity, ...payer } = PSE.payer
    assert.equal(await refused({ payer }), 1)
    assert.equal(await refused({ payer: { ...PSE.payer, identification: undefined } }), 4097)
  })

  test('answer a transfer with the documented fields', async ({ assert }) => {
    const { body } = await charge('MCO', PSE)
    const details = body.transaction_details
    assert.equal(details.financial_institution, '1009')
    assert.isNumber(details.bank_transfer_id)
    assert.isString(details.transaction_id)
    assert.equal(body.callback_url, PSE.callback_url)
    assert.equal(body.payer.entity_type, 'individual')
    const ticket = await fetch(details.external_resource_url)
    assert.include(await ticket.text(), 'Pay this PSE')
  })

  test('know only whole pesos in Chile and Colombia', async ({ assert }) => {
    for (const [siteId, request] of [
      ['MLC', requestFor('servipag', 5000.5)],
      ['MCO', requestFor('efecty', 20_000.5)],
    ] as const) {
      const { body } = await charge(siteId, request)
      assert.equal(body.cause[0].code, 2072)
    }
    const { body } = await charge('MCO', requestFor('efecty', 20_000))
    assert.equal(body.transaction_amount, 20_000)
    await simulator.control(`/payments/${body.id}/pay`)
    const refused = await simulator.call(
      'POST',
      `/v1/payments/${body.id}/refunds`,
      { amount: 0.5 },
      { ...bearer(tokenOf('MCO')), 'x-idempotency-key': 'half' }
    )
    assert.equal(refused.body.cause[0].code, 2085)
  })

  test('withhold the taxes of the site, each as a charge', async ({ assert }) => {
    const { body } = await charge('MLA', requestFor('pagofacil', 1000))
    const { body: paid } = await simulator.control(`/payments/${body.id}/pay`)
    const taxes = paid.charges_details.filter(({ type }: any) => type === 'tax')
    assert.deepEqual(
      taxes.map(({ name, amounts }: any) => [name, amounts.original]),
      [
        ['tax_withholding-iibb', 25],
        ['tax_withholding_collector-debitos_creditos', 6],
      ]
    )
    assert.equal(paid.taxes_amount, 31)
    assert.equal(paid.transaction_details.net_received_amount, 1000 - 48.3 - 31)
  })
})

test.group('Simulator | test users', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const make = (input: Record<string, unknown>) => simulator.call('POST', '/users/test', input)
  const codeOf = async (token: string, email: string) => {
    const headers = { ...bearer(token), 'x-idempotency-key': email }
    const body = { ...pixRequest(), payer: { email } }
    const answer = await simulator.call('POST', '/v1/payments', body, headers)
    return answer.status === 201 ? null : answer.body.cause[0].code
  }

  test('are made with every documented field, and carry the tag', async ({ assert }) => {
    const { status, body } = await make({ site_id: 'MLA', description: 'a buyer' })
    assert.equal(status, 201)
    assert.deepInclude(body, { site_id: 'MLA', site_status: 'active', description: 'a buyer' })
    assert.isNumber(body.id)
    assert.match(body.nickname, /^TEST[0-9A-Z]+$/)
    assert.match(body.password, /^qatest\d{4}$/)
    assert.match(body.email, /^test_user_\d+@testuser\.com$/)
    assert.match(body.date_created, /-04:00$/)
    const { body: accounts } = await simulator.get('/_simulator/accounts')
    const account = accounts.find(({ id }: any) => id === body.id)
    const me = await simulator.call('GET', '/users/me', undefined, bearer(account.access_token))
    assert.include(me.body.tags, 'test_user')
  })

  test('are ten at most, of known sites', async ({ assert }) => {
    for (const siteId of ['XXX', 'constructor', '__proto__']) {
      const { status } = await make({ site_id: siteId })
      assert.equal(status, 400)
    }
    const statuses = []
    for (let made = 0; made < 11; made++) {
      const { status } = await make({ site_id: 'MLB', description: String(made) })
      statuses.push(status)
    }
    assert.deepEqual(statuses, [...Array(10).fill(201), 400])
  })

  test('do not pay real users, nor the other way round', async ({ assert }) => {
    const { body: real } = await simulator.control('/accounts', {
      email: 'shop@example.com',
      test_user: false,
    })
    const { body: buyer } = await make({ site_id: 'MLB', description: 'buyer' })
    const seller = PLATFORM_ACCESS_TOKEN
    assert.isNull(await codeOf(seller, buyer.email))
    assert.isNull(await codeOf(seller, 'guest@example.com'))
    assert.isNull(await codeOf(real.access_token, 'guest@example.com'))
    assert.equal(await codeOf(seller, 'shop@example.com'), 2034)
    assert.equal(await codeOf(real.access_token, buyer.email), 2034)
    assert.equal(await codeOf(real.access_token, 'unheard_of@testuser.com'), 2034)
    const me = await simulator.call('GET', '/users/me', undefined, bearer(real.access_token))
    assert.notInclude(me.body.tags, 'test_user')
  })
})
