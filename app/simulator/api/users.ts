import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { isTestUser, siteOf, type Account } from '../store/accounts.js'
import { wireTime } from '../time.js'
import { authenticated } from './api_call.js'

const allowed = {
  allow: true,
  codes: [],
  immediate_payment: { reasons: [], required: false },
}

function statusOf(account: Account) {
  return {
    billing: { allow: true, codes: [] },
    buy: allowed,
    confirmed_email: true,
    shopping_cart: { buy: 'allowed', sell: 'allowed' },
    immediate_payment: false,
    list: allowed,
    mercadoenvios: 'not_accepted',
    mercadopago_account_type: account.corporate_name ? 'business' : 'personal',
    mercadopago_tc_accepted: true,
    required_action: null,
    sell: allowed,
    site_status: 'active',
    user_type: null,
  }
}

const reputation = {
  level_id: null,
  power_seller_status: null,
  transactions: {
    canceled: 0,
    completed: 0,
    period: 'historic',
    ratings: { negative: 0, neutral: 0, positive: 0 },
    total: 0,
  },
}

export const showMe: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  return json(200, {
    id: account.id,
    nickname: account.nickname,
    registration_date: wireTime(account.created_at),
    first_name: account.first_name,
    last_name: account.last_name,
    gender: '',
    country_id: siteOf(account).countryId,
    email: account.email,
    identification: account.identification,
    address: { address: null, city: null, state: null, zip_code: null },
    phone: { area_code: '', extension: '', number: '', verified: false },
    alternative_phone: { area_code: '', extension: '', number: '' },
    user_type: 'normal',
    tags: ['normal', ...(isTestUser(account) ? ['test_user'] : []), 'user_info_verified'],
    logo: null,
    points: 0,
    site_id: account.site_id,
    permalink: `${sim.url}/payments?seller=${account.id}`,
    seller_experience: 'NEWBIE',
    bill_data: { accept_credit_note: null },
    seller_reputation: reputation,
    status: statusOf(account),
    secure_email: account.email,
    company: {
      brand_name: account.nickname,
      city_tax_id: '',
      corporate_name: account.corporate_name,
      identification: account.identification.number,
      state_tax_id: '',
      cust_type_id: 'BU',
      soft_descriptor: account.nickname,
    },
    credit: { consumed: 0, credit_level_id: 'MLB1', rank: 'newbie' },
    context: { ip_address: '127.0.0.1' },
    registration_identifiers: [],
  })
}
