import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { AFTER, SHOP, prefer, preferenceRequest, visit } from './checkout_support.js'
import { bearer } from './oauth_support.js'
import { bodyOf, startTestSimulator, statusOf, type TestSimulator } from './support.js'

test.group('Simulator | preferences', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const path = (id: string) => `/checkout/preferences/${id}`
  const change = (id: string, body: unknown) => simulator.call('PUT', path(id), body)

  test('are made with an id of the collector, and a page to pay on', async ({ assert }) => {
    const { status, body } = await simulator.call(
      'POST',
      '/checkout/preferences/',
      preferenceRequest()
    )
    assert.equal(status, 201)
    const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    assert.match(body.id, new RegExp(`^${PLATFORM_ACCOUNT_ID}-${uuid}$`))
    assert.equal(body.init_point, `${simulator.url}/checkout/v1/redirect?pref_id=${body.id}`)
    const html = await visit(simulator, body.sandbox_init_point)
    assert.include(html, 'R$100.00')
  })

  test('are read again as they were made, with and without a trailing slash', async ({
    assert,
  }) => {
    const made = await prefer(simulator, { metadata: { cartId: 7 } })
    assert.deepEqual(await bodyOf(simulator.get(path(made.id))), made)
    assert.deepEqual(await bodyOf(simulator.get(`${path(made.id)}/`)), made)
    assert.deepEqual(made.metadata, { cartId: 7 })
  })

  test('belong to one seller: to another they are as missing as those that never were', async ({
    assert,
  }) => {
    const { id } = await prefer(simulator)
    const foreign = await simulator.call('GET', path(id), undefined, bearer(FOREIGN_ACCESS_TOKEN))
    const missing = await simulator.get(path(`${PLATFORM_ACCOUNT_ID}-0`))
    const expected = {
      message: 'preference_id not found',
      error: 'invalid_id',
      status: 404,
      cause: null,
    }
    assert.deepEqual([foreign.status, foreign.body], [404, expected])
    assert.deepEqual([missing.status, missing.body], [404, expected])
    const changed = await simulator.call('PUT', path(id), {}, bearer(FOREIGN_ACCESS_TOKEN))
    assert.equal(changed.status, 404)
    const found = await simulator.call(
      'GET',
      '/checkout/preferences/search',
      undefined,
      bearer(FOREIGN_ACCESS_TOKEN)
    )
    assert.deepEqual(found.body, { elements: [], next_offset: 0, total: 0 })
  })

  test('need a token', async ({ assert }) => {
    for (const [method, where] of [
      ['POST', '/checkout/preferences'],
      ['GET', '/checkout/preferences/search'],
      ['GET', path('x')],
      ['PUT', path('x')],
    ]) {
      const content = method === 'GET' ? undefined : {}
      const { status, body } = await simulator.call(method, where, content, { authorization: '' })
      assert.equal(status, 401)
      assert.equal(body.error, 'invalid_access_token')
    }
  })

  test('are changed field by field', async ({ assert }) => {
    const made = await prefer(simulator, { statement_descriptor: 'JASMIM' })
    const { status, body } = await change(made.id, {
      items: [{ title: 'Soap', quantity: 3, unit_price: 10 }],
      statement_descriptor: null,
    })
    assert.equal(status, 200)
    assert.equal(body.total_amount, 30)
    assert.isString(body.last_updated)
    assert.equal(body.statement_descriptor, '')
    assert.equal(body.external_reference, made.external_reference)
    assert.deepEqual(body.back_urls, made.back_urls)
    assert.equal(body.date_created, made.date_created)
    assert.include(await visit(simulator, made.init_point), 'R$30.00')
  })

  test('may be sent back whole, as they were read', async ({ assert }) => {
    const made = await prefer(simulator, {
      payment_methods: { excluded_payment_types: [{ id: 'ticket' }], installments: 3 },
      shipments: { mode: 'custom', cost: 5, receiver_address: { zip_code: '01310-100' } },
      expires: true,
      expiration_date_to: AFTER.tomorrow(),
    })
    const { status, body } = await change(made.id, made)
    assert.equal(status, 200)
    assert.equal(body.total_amount, 105)
    assert.deepEqual({ ...body, last_updated: null, total_amount: null }, made)
  })

  test('stay as they were when a change is refused', async ({ assert }) => {
    const made = await prefer(simulator)
    const refused = await change(made.id, { items: [], external_reference: 'other' })
    assert.equal(refused.status, 400)
    assert.deepEqual(await bodyOf(simulator.get(path(made.id))), made)
  })

  test('are found by reference and marketplace, latest first, page by page', async ({ assert }) => {
    const ids: string[] = []
    for (const reference of ['a', 'b', 'a', 'a']) {
      const { id } = await prefer(simulator, { external_reference: reference })
      ids.unshift(id)
    }
    const search = (query: string) => bodyOf(simulator.get(`/checkout/preferences/search?${query}`))
    const idsOf = (page: any) => page.elements.map(({ id }: any) => id)
    const all = await search('')
    assert.deepEqual(idsOf(all), ids)
    const first = await search('external_reference=a&limit=2')
    assert.deepEqual(idsOf(first), [ids[0], ids[1]])
    assert.deepInclude(first, { next_offset: 2, total: 3 })
    const rest = await search(`external_reference=a&limit=2&offset=${first.next_offset}`)
    assert.deepEqual(idsOf(rest), [ids[3]])
    assert.deepInclude(rest, { next_offset: 3, total: 3 })
    for (const query of ['site_id=MLB', 'marketplace=NONE', 'sponsor_id=0']) {
      assert.deepInclude(await search(query), { total: 4 }, query)
    }
    for (const query of ['site_id=MLA', 'marketplace=MP-MKT-1', 'sponsor_id=1']) {
      assert.deepInclude(await search(query), { total: 0 }, query)
    }
    assert.deepEqual(first.elements[0].items, ['Perfume', 'Gift wrap'])
  })

  test('are not searched for what cannot be read', async ({ assert }) => {
    for (const query of ['limit=x', 'limit=101', 'offset=-1', 'offset=1e9']) {
      const { status, body } = await simulator.get(`/checkout/preferences/search?${query}`)
      assert.equal(status, 400, query)
      assert.equal(body.error, 'ds_search_query')
    }
  })

  test('carry the ids that Mercado Pago handed to integrators', async ({ assert }) => {
    const { id } = await prefer(simulator, {}, { 'x-integrator-id': 'dev_1' })
    const { body } = await simulator.get('/checkout/preferences/search')
    assert.deepInclude(body.elements[0], { id, integrator_id: 'dev_1', platform_id: '' })
    const payment = await bodyOf(simulator.control(`/preferences/${id}/pay`))
    assert.equal(payment.integrator_id, 'dev_1')
  })

  test('return to a local address unless the account is told to refuse it', async ({ assert }) => {
    const local = { auto_return: 'approved', back_urls: { success: 'http://localhost:3333/' } }
    const post = (other: object) =>
      simulator.call('POST', '/checkout/preferences', preferenceRequest({ ...local, ...other }))
    assert.equal(await statusOf(post({})), 201)
    await simulator.call('PATCH', `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}`, {
      local_back_urls: 'refused',
    })
    const refused = await post({})
    assert.deepEqual(refused.body, {
      message: 'auto_return invalid. back_url.success must be defined',
      error: 'invalid_auto_return',
      status: 400,
      cause: null,
    })
    assert.equal(await statusOf(post({ back_urls: { success: SHOP } })), 400)
    assert.equal(await statusOf(post({ back_urls: { success: 'https://127.0.0.1/' } })), 400)
    assert.equal(await statusOf(post({ back_urls: { success: 'https://shop.example/' } })), 201)
    assert.equal(await statusOf(post({ auto_return: undefined })), 201)
  })

  test('are told in the journal', async ({ assert }) => {
    const { id } = await prefer(simulator, { expires: true, expiration_date_to: AFTER.days(2) })
    await change(id, { shipments: { mode: 'custom', cost: 2.5 } })
    const entries = await simulator.journal('preference.')
    assert.deepEqual(
      entries.map(({ effect, amount_minor: minor }) => [effect, minor]),
      [
        ['preference.created', 100_00],
        ['preference.updated', 102_50],
      ]
    )
    assert.deepInclude(entries[0], { preference_id: id, account_id: PLATFORM_ACCOUNT_ID })
    assert.isString(entries[0].ends_at)
  })
})
