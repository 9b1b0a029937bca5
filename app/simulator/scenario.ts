import type { FeeRule } from './data/payment_methods.js'
import { FURTHER_SELLERS } from './data/sellers.js'
import type { OutcomeName } from './payouts/outcomes.js'

export interface AccountSettings {
  /** Overrides of the list price, by payment method id. */
  fees: Record<string, FeeRule>
  /** Days from approval to release, by payment method id. */
  release_days: Record<string, number>
  /** Withheld at approval, each as a charge of type `tax`. */
  taxes: { name: string; basis_points: number }[]
  /** Whether charges return with a refund, in its proportion, or stay taken. */
  refunded_charges: 'proportional' | 'kept'
  /** What becomes of money that arrives after the expiry. */
  late_payments: 'returned' | 'accepted'
  /** Whether `auto_return` may lead to this machine, or unencrypted: Mercado Pago refuses both. */
  local_back_urls: 'accepted' | 'refused'
  /** Until a payout is processed; at 0 it is at once. */
  payout_seconds: number
  /** What every payout comes to whose reference does not choose; null is the usual. */
  payout_outcome: OutcomeName | null
  /** What sending one costs. */
  payout_fee_minor: number
  /** Until a report can be downloaded. */
  report_seconds: number
}

/** Mercado Pago's leave to send payouts, and the Ed25519 key (PEM) that verifies their signature. */
export interface PayoutAccess {
  allowed: boolean
  public_key: string | null
}

export const DEFAULT_SETTINGS: Readonly<AccountSettings> = {
  fees: {},
  release_days: {},
  taxes: [],
  refunded_charges: 'proportional',
  late_payments: 'returned',
  local_back_urls: 'accepted',
  payout_seconds: 0,
  payout_outcome: null,
  payout_fee_minor: 0,
  report_seconds: 2,
}

export interface ScenarioAccount {
  id: number
  site_id: string
  nickname: string
  first_name: string
  last_name: string
  email: string
  identification: { type: string; number: string }
  corporate_name: string
  access_token: string
  public_key: string
  /** A test user unless it says no; the two kinds never pay each other. */
  test_user?: boolean
  /** The account whose token asked for this test user. */
  made_by?: number
  /** The application that the token belongs to, and whose webhook is told. */
  client_id: string
  settings?: Partial<AccountSettings>
}

export interface ScenarioApplication {
  client_id: string
  client_secret: string
  name: string
  owner_id: number
  webhook_url: string | null
  webhook_secret: string | null
  /** Where the consent page may send a seller back to, compared letter by letter. */
  redirect_uris?: string[]
  /** Whether the consent page insists on a code challenge. */
  pkce?: boolean
  /** Allowed when absent; without it there is nothing to renew a token with. */
  offline_access?: boolean
  /** Whether payments and chargebacks are told in the older spelling as well. */
  legacy_ipn?: boolean
  /** Not allowed when absent. */
  payouts?: PayoutAccess
}

/** What a simulator holds before anything happened. */
export interface Scenario {
  applications: ScenarioApplication[]
  accounts: ScenarioAccount[]
}

export const PLATFORM_CLIENT_ID = '6245132082630004'
export const PLATFORM_CLIENT_SECRET = 'sImUlAtOrClIeNtSeCrEt0123456789ab'
export const PLATFORM_WEBHOOK_SECRET =
  '5e1f0a7c3b9d2e84f6a1c0b7d3e95284a6f1c3e7b9d0524816fa3c7e9b1d0582'
export const PLATFORM_WEBHOOK_URL = 'http://127.0.0.1:3333/webhooks/mercadopago'

export const PLATFORM_REDIRECT_URI = 'http://127.0.0.1:3333/tenant/gateway/callback'

export const PLATFORM_ACCOUNT_ID = 1036739580
export const PLATFORM_ACCESS_TOKEN =
  'APP_USR-6245132082630004-112010-8c1d2f4b6a7e90531f2d4c6b8a0e9d73-1036739580'
export const PLATFORM_PUBLIC_KEY = 'APP_USR-d0a26210-3b5c-4e7f-9a1d-6c8e0f2b4d61'

export const FOREIGN_ACCOUNT_ID = 823549964
export const FOREIGN_ACCESS_TOKEN =
  'APP_USR-7310942586417203-112011-2b4d6f8091a3c5e7d9f1b3a5c7e90d1f-823549964'

export const ARGENTINE_ACCOUNT_ID = 241983636
export const ARGENTINE_ACCESS_TOKEN =
  'APP_USR-4102857396620518-112012-f1e3d5c7b9a082746153e4f5a6b7c8d9-241983636'

/** Always the same values, so that an `.env` written once keeps working. */
export const defaultScenario: Scenario = {
  applications: [
    {
      client_id: PLATFORM_CLIENT_ID,
      client_secret: PLATFORM_CLIENT_SECRET,
      name: 'Platform',
      owner_id: PLATFORM_ACCOUNT_ID,
      webhook_url: PLATFORM_WEBHOOK_URL,
      webhook_secret: PLATFORM_WEBHOOK_SECRET,
      redirect_uris: [PLATFORM_REDIRECT_URI],
    },
  ],
  accounts: [
    {
      id: PLATFORM_ACCOUNT_ID,
      site_id: 'MLB',
      nickname: 'PLATFORM',
      first_name: 'Paula',
      last_name: 'Forma',
      email: 'platform@testuser.com',
      identification: { type: 'CNPJ', number: '11222333000181' },
      corporate_name: 'Plataforma de Testes Ltda',
      access_token: PLATFORM_ACCESS_TOKEN,
      public_key: PLATFORM_PUBLIC_KEY,
      client_id: PLATFORM_CLIENT_ID,
    },
    {
      id: FOREIGN_ACCOUNT_ID,
      site_id: 'MLB',
      nickname: 'FOREIGNSELLER',
      first_name: 'Fabio',
      last_name: 'Alheio',
      email: 'foreign@testuser.com',
      identification: { type: 'CPF', number: '12345678909' },
      corporate_name: 'Alheio Comercio Ltda',
      access_token: FOREIGN_ACCESS_TOKEN,
      public_key: 'APP_USR-1f0e2d3c-4b5a-4678-8c9d-0e1f2a3b4c5d',
      client_id: '7310942586417203',
    },
    {
      id: ARGENTINE_ACCOUNT_ID,
      site_id: 'MLA',
      nickname: 'VENDEDORAR',
      first_name: 'Ana',
      last_name: 'Porteña',
      email: 'argentine@testuser.com',
      identification: { type: 'DNI', number: '12345678' },
      corporate_name: 'Porteña SRL',
      access_token: ARGENTINE_ACCESS_TOKEN,
      public_key: 'APP_USR-9a8b7c6d-5e4f-4321-a0b1-c2d3e4f5a6b7',
      client_id: '4102857396620518',
    },
    ...FURTHER_SELLERS,
  ],
}
