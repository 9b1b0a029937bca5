import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { VISA, cardInput, cardRequest, tokenize } from './card_support.js'
import { bearer } from './oauth_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'

const JHON = {
  email: 'jhon@example.com',
  first_name: 'Jhon',
  last_name: 'Doe',
  phone: { area_code: '55', number: '991234567' },
  identification: { type: 'CPF', number: '12345678909' },
  address: { id: 'a1', zip_code: '01313000', street_name: 'Rua Exemplo', street_number: 123 },
  description: 'Description of the user',
}

test.group('Simulator | customers', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const create = (change: Record<string, unknown> = {}) =>
    simulator.call('POST', '/v1/customers', { ...JHON, ...change })
  const codeOf = ({ body }: { body: any }) => body.cause[0].code
  const addCard = async (customerId: string, change: Record<string, unknown> = {}) => {
    const token = await bodyOf(tokenize(simulator, cardInput('APRO', change)))
    const path = `/v1/customers/${customerId}/cards`
    return simulator.call('POST', path, { token: token.id })
  }

  test('are made with every documented field', async ({ assert }) => {
    const { status, body } = await create()
    assert.equal(status, 201)
    assert.match(body.id, new RegExp(`^${PLATFORM_ACCOUNT_ID}-[0-9A-Za-z]{14}$`))
    const { id, date_created: created, date_last_updated: updated, ...rest } = body
    assert.match(created, /-04:00$/)
    assert.equal(updated, created)
    assert.deepEqual(rest, {
      ...JHON,
      default_address: 'a1',
      date_registered: null,
      metadata: {},
      default_card: null,
      cards: [],
      addresses: [JHON.address],
      live_mode: true,
    })
    const read = await simulator.get(`/v1/customers/${id}`)
    assert.deepEqual(read.body, body)
  })

  test('are found by their email, and by nobody else', async ({ assert }) => {
    const { body } = await create()
    await create({ email: 'other@example.com' })
    const found = await simulator.get('/v1/customers/search?email=JHON@example.com')
    assert.deepEqual(found.body.paging, { limit: 10, offset: 0, total: 1 })
    assert.deepEqual(found.body.results, [body])
    const all = await simulator.get('/v1/customers/search?limit=1&offset=1')
    assert.deepInclude(all.body.paging, { total: 2, limit: 1, offset: 1 })
    assert.lengthOf(all.body.results, 1)
    const headers = bearer(FOREIGN_ACCESS_TOKEN)
    const foreign = await simulator.call('GET', '/v1/customers/search', undefined, headers)
    assert.equal(foreign.body.paging.total, 0)
    const stolen = await simulator.call('GET', `/v1/customers/${body.id}`, undefined, headers)
    assert.equal(stolen.status, 404)
  })

  test('are one for each email, which stays', async ({ assert }) => {
    const { body } = await create()
    assert.equal(codeOf(await create()), '101')
    assert.equal(codeOf(await create({ email: 'nobody' })), '106')
    assert.equal(codeOf(await create({ email: 'platform@testuser.com' })), '150')
    assert.equal(codeOf(await create({ email: 'x@example.com', unheard: 1 })), '125')
    const path = `/v1/customers/${body.id}`
    const changed = await simulator.call('PUT', path, { first_name: 'John' })
    assert.deepEqual(changed.body.first_name, 'John')
    assert.deepEqual(changed.body.last_name, 'Doe')
    const renamed = await simulator.call('PUT', path, { email: 'y@example.com' })
    assert.equal(codeOf(renamed), '126')
    const missing = await simulator.get('/v1/customers/1-none')
    assert.deepEqual([missing.status, codeOf(missing)], [404, '105'])
  })

  test('leave cards, the first of which is the usual one', async ({ assert }) => {
    const { body: customer } = await create()
    const { status, body: card } = await addCard(customer.id)
    assert.equal(status, 201)
    const { id, date_created: created, date_last_updated: updated, ...rest } = card
    assert.match(id, /^\d+$/)
    assert.equal(updated, created)
    assert.deepEqual(rest, {
      customer_id: customer.id,
      expiration_month: 11,
      expiration_year: new Date().getUTCFullYear() + 4,
      first_six_digits: '503143',
      last_four_digits: '6351',
      payment_method: {
        id: 'master',
        name: 'master',
        payment_type_id: 'credit_card',
        thumbnail: '',
        secure_thumbnail: '',
      },
      security_code: { length: 3, card_location: 'back' },
      issuer: { id: 24, name: 'Mastercard' },
      cardholder: { name: 'APRO', identification: { type: 'CPF', number: '12345678909' } },
      user_id: String(PLATFORM_ACCOUNT_ID),
      live_mode: true,
    })
    const { body: second } = await addCard(customer.id, { card_number: VISA })
    assert.equal(second.payment_method.id, 'visa')
    const { body: read } = await simulator.get(`/v1/customers/${customer.id}`)
    assert.equal(read.default_card, id)
    assert.deepEqual(read.cards, [card, second])
    const { body: chosen } = await simulator.call('PUT', `/v1/customers/${customer.id}`, {
      default_card: second.id,
    })
    assert.equal(chosen.default_card, second.id)
  })

  test('change and remove their cards', async ({ assert }) => {
    const { body: customer } = await create()
    const { body: card } = await addCard(customer.id)
    const { body: second } = await addCard(customer.id, { card_number: VISA })
    const path = `/v1/customers/${customer.id}/cards`
    const year = new Date().getUTCFullYear() + 9
    const later = await simulator.call('PUT', `${path}/${card.id}`, { expiration_year: year })
    assert.deepInclude(later.body, { expiration_month: 11, expiration_year: year })
    const past = await simulator.call('PUT', `${path}/${card.id}`, { expiration_year: 2020 })
    assert.equal(codeOf(past), '326')
    const gone = await simulator.call('DELETE', `${path}/${card.id}`)
    assert.deepEqual([gone.status, gone.body.id], [200, card.id])
    const left = await simulator.get(path)
    assert.deepEqual(left.body, [second])
    const { body: read } = await simulator.get(`/v1/customers/${customer.id}`)
    assert.equal(read.default_card, second.id)
    const missing = await simulator.get(`${path}/${card.id}`)
    assert.deepEqual([missing.status, codeOf(missing)], [404, '120'])
    const empty = await simulator.call('POST', path, {})
    assert.equal(codeOf(empty), '119')
  })

  test('go, and their cards with them', async ({ assert }) => {
    const { body: customer } = await create()
    const { body: card } = await addCard(customer.id)
    const gone = await simulator.call('DELETE', `/v1/customers/${customer.id}`)
    assert.deepEqual([gone.status, gone.body.id], [200, customer.id])
    const missing = await simulator.get(`/v1/customers/${customer.id}`)
    assert.equal(missing.status, 404)
    const again = await create()
    assert.equal(again.status, 201)
    const token = await tokenize(simulator, { card_id: card.id, security_code: '123' })
    assert.equal(codeOf(token), 'E203')
  })

  test('pay with a card that they left, and only they', async ({ assert }) => {
    const { body: customer } = await create()
    const { body: other } = await create({ email: 'other@example.com' })
    const { body: card } = await addCard(customer.id)
    const charge = async (payer: Record<string, unknown>) => {
      const saved = { card_id: card.id, security_code: '123' }
      const token = await bodyOf(tokenize(simulator, saved))
      const request = await cardRequest(simulator, 'APRO', { token: token.id, payer })
      return simulator.post('/v1/payments', request)
    }
    const { status, body } = await charge({ type: 'customer', id: customer.id })
    assert.equal(status, 201)
    assert.deepInclude(body.payer, { id: customer.id, type: 'customer', email: JHON.email })
    assert.equal(body.payer.first_name, 'Jhon')
    assert.equal(body.card.id, card.id)
    assert.equal(body.status, 'approved')
    assert.equal(codeOf(await charge({ email: JHON.email })), 4012)
    assert.equal(codeOf(await charge({ type: 'customer', id: other.id })), 3010)
  })

  test('cannot pay with a card that is over by now', async ({ assert }) => {
    const now = new Date()
    const { body: customer } = await create()
    const { body: card } = await addCard(customer.id, {
      expiration_month: now.getUTCMonth() + 1,
      expiration_year: now.getUTCFullYear(),
    })
    await simulator.control('/clock', { advance_days: 40 })
    const token = await bodyOf(tokenize(simulator, { card_id: card.id, security_code: '123' }))
    const payer = { type: 'customer', id: customer.id }
    const request = await cardRequest(simulator, 'APRO', { token: token.id, payer })
    const refused = await simulator.post('/v1/payments', request)
    assert.oneOf(codeOf(refused), [3029, 3030])
  })

  test('do not lend their cards to another seller', async ({ assert }) => {
    const { body: customer } = await create()
    const { body: card } = await addCard(customer.id)
    const body = { card_id: card.id, security_code: '123' }
    const headers = bearer(FOREIGN_ACCESS_TOKEN)
    const refused = await simulator.call('POST', '/v1/card_tokens', body, headers)
    assert.equal(codeOf(refused), 'E203')
  })

  test('that nobody knows do not pay, nor the seller himself', async ({ assert }) => {
    const charge = async (payer: Record<string, unknown>) =>
      simulator.post('/v1/payments', await cardRequest(simulator, 'APRO', { payer }))
    assert.equal(codeOf(await charge({ type: 'customer', id: '1-none' })), 2002)
    const headers = bearer(FOREIGN_ACCESS_TOKEN)
    const { body: foreign } = await simulator.call('POST', '/v1/customers', JHON, headers)
    assert.equal(codeOf(await charge({ type: 'customer', id: foreign.id })), 2002)
    const self = { id: PLATFORM_ACCOUNT_ID, email: 'ana@example.com' }
    assert.equal(codeOf(await charge(self)), 2060)
  })
})
