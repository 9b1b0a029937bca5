import { createHash } from 'node:crypto'
import { DOCUMENTS, OTHER_DOCUMENT } from './accounts/new_account.js'
import { SITES } from './data/sites.js'
import { boolean, checked, integer, oneOf, text, url, type Input } from './control/input.js'
import { Problem } from './control/problem.js'
import { readAccess } from './control/payouts.js'
import { SETTING_NAMES, readSettings } from './control/settings.js'
import type { ScenarioAccount, ScenarioApplication } from './scenario.js'

const FIRST_ID = 100_000_001

const APPLICATION_NAMES = [
  'client_id',
  'client_secret',
  'name',
  'owner_id',
  'webhook_url',
  'webhook_secret',
  'redirect_uris',
  'pkce',
  'offline_access',
  'legacy_ipn',
  'payouts',
]

const ACCOUNT_NAMES = [
  'id',
  'site_id',
  'nickname',
  'first_name',
  'last_name',
  'email',
  'identification',
  'corporate_name',
  'access_token',
  'public_key',
  'test_user',
  'client_id',
  'settings',
]

/** 64 hex digits, the same for the same words: a scenario is as it was each time. */
function madeUp(...words: (string | number)[]): string {
  return createHash('sha256').update(words.join(' ')).digest('hex')
}

function needed<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Problem(400, `${name} is missing`)
  return value
}

/** A text would match addresses that merely begin like it. */
function readRedirects({ redirect_uris: uris = [] }: Input): string[] {
  if (!Array.isArray(uris)) throw new Problem(400, 'redirect_uris is not a list')
  return uris.map((uri) => needed(url({ redirect_uris: uri }, 'redirect_uris'), 'redirect_uris'))
}

/** Throws Problem. */
export function readScenarioApplication(row: unknown): ScenarioApplication {
  const input = checked(row, APPLICATION_NAMES, 'an application')
  const id = needed(text(input, 'client_id'), 'client_id')
  const payouts = checked(input.payouts ?? {}, ['allowed', 'public_key'], 'payouts')
  return {
    client_id: id,
    client_secret: text(input, 'client_secret') ?? madeUp(id, 'secret').slice(0, 32),
    name: text(input, 'name') ?? `Application ${id}`,
    owner_id: needed(integer(input, 'owner_id', 1), 'owner_id'),
    webhook_url: url(input, 'webhook_url') ?? null,
    webhook_secret: text(input, 'webhook_secret') ?? madeUp(id, 'webhook'),
    redirect_uris: readRedirects(input),
    pkce: boolean(input, 'pkce') ?? false,
    offline_access: boolean(input, 'offline_access') ?? true,
    legacy_ipn: boolean(input, 'legacy_ipn') ?? false,
    payouts: readAccess(payouts, { allowed: false, public_key: null }),
  }
}

function credentials(id: number, clientId: string) {
  const key = madeUp(id, 'key')
  const parts = [key.slice(0, 8), key.slice(8, 12), key.slice(12, 16), key.slice(16, 20)]
  return {
    access_token: `APP_USR-${clientId}-010100-${madeUp(id, 'token').slice(0, 32)}-${id}`,
    public_key: `APP_USR-${[...parts, key.slice(20, 32)].join('-')}`,
  }
}

function readIdentification(input: Input, siteId: string): ScenarioAccount['identification'] {
  if (input.identification === undefined) return DOCUMENTS[siteId] ?? OTHER_DOCUMENT
  const read = checked(input.identification, ['type', 'number'], 'identification')
  return {
    type: needed(text(read, 'type'), 'identification.type'),
    number: needed(text(read, 'number'), 'identification.number'),
  }
}

/** Throws Problem. */
export function readScenarioAccount(
  row: unknown,
  index: number,
  applications: ScenarioApplication[]
): ScenarioAccount {
  const input = checked(row, ACCOUNT_NAMES, 'an account')
  const id = integer(input, 'id', 1) ?? FIRST_ID + index
  const own = applications.find(({ owner_id: owner }) => owner === id)
  const clientId = text(input, 'client_id') ?? own?.client_id ?? `${1e15 + id}`
  const siteId = needed(oneOf(input, 'site_id', Object.keys(SITES)), 'site_id')
  const nickname = text(input, 'nickname') ?? `SELLER${index + 1}`
  const made = credentials(id, clientId)
  return {
    id,
    site_id: siteId,
    nickname,
    first_name: text(input, 'first_name') ?? 'Test',
    last_name: text(input, 'last_name') ?? 'Test',
    email: text(input, 'email') ?? `test_user_${id}@testuser.com`,
    identification: readIdentification(input, siteId),
    corporate_name: text(input, 'corporate_name') ?? nickname,
    access_token: text(input, 'access_token') ?? made.access_token,
    public_key: text(input, 'public_key') ?? made.public_key,
    test_user: boolean(input, 'test_user') ?? true,
    client_id: clientId,
    settings: readSettings(checked(input.settings ?? {}, SETTING_NAMES, 'settings')),
  }
}
