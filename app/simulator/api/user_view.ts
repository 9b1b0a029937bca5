import type { Simulator } from '../simulator.js'
import { isTestUser, siteOf, type Account } from '../store/accounts.js'
import { wireTime } from '../time.js'

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

const PERIOD = '60 months'
const rate = { period: PERIOD, rate: 0, value: 0, excluded: { real_value: 0, real_rate: 0 } }

/** Of somebody who never sold on the marketplace. */
const SELLER_REPUTATION = {
  level_id: null,
  power_seller_status: null,
  real_level: null,
  protection_end_date: null,
  transactions: {
    canceled: 0,
    completed: 0,
    period: 'historic',
    ratings: { negative: 0, neutral: 0, positive: 0 },
    total: 0,
  },
  metrics: {
    sales: { period: PERIOD, completed: 0 },
    claims: rate,
    delayed_handling_time: rate,
    cancellations: rate,
  },
}

const BUYER_REPUTATION = {
  canceled_transactions: 0,
  tags: [],
  transactions: {
    canceled: { paid: null, total: null },
    completed: null,
    not_yet_rated: { paid: null, total: null, units: null },
    period: 'historic',
    total: null,
    unrated: { paid: null, total: null },
  },
}

function companyOf(account: Account) {
  return {
    brand_name: account.nickname,
    city_tax_id: '',
    corporate_name: account.corporate_name,
    identification: account.identification.number,
    state_tax_id: '',
    cust_type_id: 'BU',
    soft_descriptor: account.nickname,
  }
}

/** An account as `GET /users/me` tells of it. */
export function userView(sim: Simulator, account: Account) {
  return {
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
    shipping_modes: ['custom', 'not_specified'],
    seller_experience: 'NEWBIE',
    bill_data: { accept_credit_note: null },
    seller_reputation: SELLER_REPUTATION,
    buyer_reputation: BUYER_REPUTATION,
    status: statusOf(account),
    secure_email: account.email,
    company: companyOf(account),
    credit: { consumed: 0, credit_level_id: `${account.site_id}1`, rank: 'newbie' },
    context: { ip_address: '127.0.0.1' },
    registration_identifiers: [],
  }
}
