import { test } from '@japa/runner'
import {
  ARGENTINE_ACCESS_TOKEN,
  PLATFORM_ACCESS_TOKEN,
  SELLER_TOKENS,
} from '../../../app/simulator/main.js'
import { cardInput, tokenize } from './card_support.js'
import { differences, type Shape } from './contract.js'
import { CLIENT, bearer, connect, consent, refresh } from './oauth_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'

const permission: Shape = {
  allow: 'boolean',
  codes: 'array',
  immediate_payment: { reasons: 'array', required: 'boolean' },
}
const rate: Shape = {
  period: 'string',
  rate: 'number',
  value: 'number',
  excluded: { real_value: 'number', real_rate: 'number' },
}
const identification: Shape = { type: 'string', number: 'string' }

const USER: Shape = {
  id: 'number',
  nickname: 'string',
  registration_date: 'time',
  first_name: 'string',
  last_name: 'string',
  gender: 'string',
  country_id: 'string',
  email: 'string',
  identification,
  address: { address: 'null', city: 'null', state: 'null', zip_code: 'null' },
  phone: { area_code: 'string', extension: 'string', number: 'string', verified: 'boolean' },
  alternative_phone: { area_code: 'string', extension: 'string', number: 'string' },
  user_type: 'string',
  tags: ['string'],
  logo: 'null',
  points: 'number',
  site_id: 'string',
  permalink: 'string',
  shipping_modes: ['string'],
  seller_experience: 'string',
  bill_data: { accept_credit_note: 'null' },
  seller_reputation: {
    level_id: 'null',
    power_seller_status: 'null',
    real_level: 'null',
    protection_end_date: 'null',
    transactions: {
      canceled: 'number',
      completed: 'number',
      period: 'string',
      ratings: { negative: 'number', neutral: 'number', positive: 'number' },
      total: 'number',
    },
    metrics: {
      sales: { period: 'string', completed: 'number' },
      claims: rate,
      delayed_handling_time: rate,
      cancellations: rate,
    },
  },
  buyer_reputation: {
    canceled_transactions: 'number',
    tags: 'array',
    transactions: {
      canceled: { paid: 'null', total: 'null' },
      completed: 'null',
      not_yet_rated: { paid: 'null', total: 'null', units: 'null' },
      period: 'string',
      total: 'null',
      unrated: { paid: 'null', total: 'null' },
    },
  },
  status: {
    billing: { allow: 'boolean', codes: 'array' },
    buy: permission,
    confirmed_email: 'boolean',
    shopping_cart: { buy: 'string', sell: 'string' },
    immediate_payment: 'boolean',
    list: permission,
    mercadoenvios: 'string',
    mercadopago_account_type: 'string',
    mercadopago_tc_accepted: 'boolean',
    required_action: 'null',
    sell: permission,
    site_status: 'string',
    user_type: 'null',
  },
  secure_email: 'string',
  company: {
    brand_name: 'string',
    city_tax_id: 'string',
    corporate_name: 'string',
    identification: 'string',
    state_tax_id: 'string',
    cust_type_id: 'string',
    soft_descriptor: 'string',
  },
  credit: { consumed: 'number', credit_level_id: 'string', rank: 'string' },
  context: { ip_address: 'string' },
  registration_identifiers: 'array',
}

const OWN_TOKEN: { [field: string]: Shape } = {
  access_token: 'string',
  token_type: 'string',
  expires_in: 'number',
  scope: 'string',
  user_id: 'number',
  public_key: 'string',
  live_mode: 'boolean',
}

/** What another seller granted can be renewed. */
const TOKEN: Shape = { ...OWN_TOKEN, refresh_token: 'string' }

const CARD_TOKEN: Shape = {
  id: 'string',
  card_id: 'null',
  first_six_digits: 'string',
  expiration_month: 'number',
  expiration_year: 'number',
  last_four_digits: 'string',
  cardholder: { name: 'string', identification },
  status: 'string',
  date_created: 'time',
  date_last_updated: 'time',
  date_due: 'time',
  luhn_validation: 'boolean',
  live_mode: 'boolean',
  require_esc: 'boolean',
  card_number_length: 'number',
  security_code_length: 'number',
}

const CARD: Shape = {
  id: 'string',
  customer_id: 'string',
  user_id: 'string',
  expiration_month: 'number',
  expiration_year: 'number',
  first_six_digits: 'string',
  last_four_digits: 'string',
  payment_method: {
    id: 'string',
    name: 'string',
    payment_type_id: 'string',
    thumbnail: 'string',
    secure_thumbnail: 'string',
  },
  security_code: { length: 'number', card_location: 'string' },
  issuer: { id: 'number', name: 'string' },
  cardholder: { name: 'string', identification },
  date_created: 'time',
  date_last_updated: 'time',
  live_mode: 'boolean',
}

const address: Shape = {
  id: 'string',
  zip_code: 'string',
  street_name: 'string',
  street_number: 'number',
}

const CUSTOMER: { [field: string]: Shape } = {
  id: 'string',
  email: 'string',
  first_name: 'string',
  last_name: 'string',
  phone: { area_code: 'string', number: 'string' },
  identification,
  address,
  date_registered: 'string',
  description: 'string',
  date_created: 'time',
  date_last_updated: 'time',
  metadata: { source_sync: 'string' },
  default_card: 'string',
  default_address: 'string',
  cards: [CARD],
  addresses: [address],
  live_mode: 'boolean',
}

const method: { [field: string]: Shape } = {
  id: 'string',
  name: 'string',
  payment_type_id: 'string',
  status: 'string',
  secure_thumbnail: 'string',
  thumbnail: 'string',
  deferred_capture: 'string',
  settings: 'array',
  additional_info_needed: 'array',
  min_allowed_amount: 'number',
  max_allowed_amount: 'number',
  accreditation_time: 'number',
  financial_institutions: 'array',
  processing_modes: ['string'],
}

const CARD_METHOD: Shape = {
  ...method,
  settings: [
    {
      card_number: { validation: 'string', length: 'number' },
      bin: { pattern: 'string', installments_pattern: 'string', exclusion_pattern: 'null' },
      security_code: { length: 'number', card_location: 'string', mode: 'string' },
    },
  ],
  additional_info_needed: ['string'],
}

const BANK_METHOD: Shape = {
  ...method,
  additional_info_needed: ['string'],
  financial_institutions: [{ id: 'string', description: 'string' }],
}

const NEW_CUSTOMER = {
  email: 'jhon@example.com',
  first_name: 'Jhon',
  last_name: 'Doe',
  phone: { area_code: '55', number: '991234567' },
  identification: { type: 'CPF', number: '12345678909' },
  address: { id: '1215179651', zip_code: '01313000', street_name: 'Rua A', street_number: 123 },
  default_address: '1215179651',
  date_registered: '2000-01-18',
  description: 'A customer',
  metadata: { source_sync: 'source_k' },
}

const TOKENS: Record<string, string> = {
  MLB: PLATFORM_ACCESS_TOKEN,
  MLA: ARGENTINE_ACCESS_TOKEN,
  ...SELLER_TOKENS,
}

test.group('Simulator | the contract of people and cards', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const ask = (path: string, token = PLATFORM_ACCESS_TOKEN) =>
    bodyOf(simulator.call('GET', path, undefined, bearer(token)))

  test('holds for the account of a token, in every country', async ({ assert }) => {
    for (const token of Object.values(TOKENS)) {
      assert.deepEqual(differences(await ask('/users/me', token), USER), [])
    }
  })

  test('holds for what a test user is told', async ({ assert }) => {
    const made = await bodyOf(
      simulator.call('POST', '/users/test', { site_id: 'MLB', description: 'buyer' })
    )
    const shape: Shape = {
      id: 'number',
      nickname: 'string',
      password: 'string',
      site_status: 'string',
      site_id: 'string',
      description: 'string',
      email: 'string',
      date_created: 'time',
      date_last_updated: 'time',
    }
    assert.deepEqual(differences(made, shape), [])
  })

  test('holds for tokens, by a code, renewed, and of the owner', async ({ assert }) => {
    const granted = await connect(simulator)
    const renewed = await bodyOf(refresh(simulator, granted.refresh_token))
    for (const token of [granted, renewed]) assert.deepEqual(differences(token, TOKEN), [])
    const own = await bodyOf(
      simulator.call('POST', '/oauth/token', { ...CLIENT, grant_type: 'client_credentials' })
    )
    assert.deepEqual(differences(own, OWN_TOKEN), [])
  })

  test('holds for what the token endpoint refuses', async ({ assert }) => {
    const body = { ...CLIENT, grant_type: 'authorization_code', code: 'TG-1', redirect_uri: 'x' }
    const refused = await simulator.call('POST', '/oauth/token', body)
    const shape: Shape = { message: 'string', error: 'string', status: 'number', cause: 'array' }
    assert.equal(refused.status, 400)
    assert.deepEqual(differences(refused.body, shape), [])
    assert.isString(await consent(simulator))
  })

  test('holds for cards, their tokens and whoever left them', async ({ assert }) => {
    const token = await bodyOf(tokenize(simulator, cardInput()))
    const read = await ask(`/v1/card_tokens/${token.id}`)
    for (const one of [token, read]) assert.deepEqual(differences(one, CARD_TOKEN), [])

    const { id } = await bodyOf(simulator.call('POST', '/v1/customers', NEW_CUSTOMER))
    const path = `/v1/customers/${id}`
    const left = await bodyOf(simulator.call('POST', `${path}/cards`, { token: token.id }))
    assert.deepEqual(differences(left, CARD), [])
    assert.deepEqual(differences(await ask(`${path}/cards`), [CARD]), [])
    assert.deepEqual(differences(await ask(`${path}/cards/${left.id}`), CARD), [])
    assert.deepEqual(differences(await ask(path), CUSTOMER), [])
    const paging: Shape = { limit: 'number', offset: 'number', total: 'number' }
    const found = await ask('/v1/customers/search?email=jhon@example.com')
    assert.deepEqual(differences(found, { paging, results: [CUSTOMER] }), [])
    const saved = await bodyOf(tokenize(simulator, { card_id: left.id, security_code: '123' }))
    assert.deepEqual(differences(saved, { ...CARD_TOKEN, card_id: 'string' }), [])
  })

  test('holds for every method of every site', async ({ assert }) => {
    for (const token of Object.values(TOKENS)) {
      for (const listed of await ask('/v1/payment_methods', token)) {
        const isCard = /_card$/.test(listed.payment_type_id)
        const hasBanks = listed.financial_institutions.length > 0
        const needs: Shape = listed.additional_info_needed.length > 0 ? ['string'] : 'array'
        const other = hasBanks ? BANK_METHOD : { ...method, additional_info_needed: needs }
        assert.deepEqual(differences(listed, isCard ? CARD_METHOD : other), [], listed.id)
      }
    }
  })

  test('holds for the documents of every site', async ({ assert }) => {
    const shape: Shape = [
      { id: 'string', name: 'string', type: 'string', min_length: 'number', max_length: 'number' },
    ]
    const documented: Record<string, string[]> = {
      MLB: ['CPF', 'CNPJ'],
      MLA: ['DNI', 'CI', 'LE', 'LC', 'Otro'],
      MLC: ['RUT', 'Otro'],
      MCO: ['CC', 'CE', 'NIT', 'Otro'],
      MPE: ['DNI', 'C.E', 'RUC', 'Otro'],
      MLU: ['CI', 'Otro'],
      MLM: [],
    }
    for (const [siteId, names] of Object.entries(documented)) {
      const types = await ask('/v1/identification_types', TOKENS[siteId])
      assert.deepEqual(
        types.map(({ id }: { id: string }) => id),
        names
      )
      if (names.length > 0) assert.deepEqual(differences(types, shape), [])
    }
  })

  test('has no balance to tell, but a refusal', async ({ assert }) => {
    const { id } = await ask('/users/me')
    const answer = await simulator.get(`/users/${id}/mercadopago_account/balance`)
    assert.equal(answer.status, 403)
    const shape: Shape = {
      code: 'string',
      blocked_by: 'string',
      message: 'string',
      status: 'number',
    }
    assert.deepEqual(differences(answer.body, shape), [])
  })
})
