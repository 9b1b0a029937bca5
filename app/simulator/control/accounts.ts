import { openAccount, type AccountDetails } from '../accounts/new_account.js'
import { SITES } from '../data/sites.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { boolean, checked, inputOf, integer, oneOf, text, type Input } from './input.js'
import { accountOf } from './movements.js'
import { Problem } from './problem.js'
import { SETTING_NAMES, readSettings } from './settings.js'

const TEXTS = [
  'nickname',
  'first_name',
  'last_name',
  'email',
  'corporate_name',
  'client_id',
] as const

const CREATE_NAMES = [...TEXTS, 'id', 'site_id', 'identification', 'test_user', 'settings'] as const

function view(account: Account) {
  return { ...account, currency_id: siteOf(account).currencyId }
}

function readIdentification(input: Input) {
  if (input.identification === undefined) return undefined
  const read = checked(input.identification, ['type', 'number'], 'identification')
  return { type: text(read, 'type') ?? 'Otro', number: text(read, 'number') ?? '' }
}

function readAccount(sim: Simulator, input: Input): AccountDetails {
  const id = integer(input, 'id', 1)
  if (id !== undefined && sim.accounts.find(id)) throw new Problem(409, `account ${id} exists`)
  const read = {
    id,
    ...Object.fromEntries(TEXTS.map((name) => [name, text(input, name)])),
    identification: readIdentification(input),
    test_user: boolean(input, 'test_user'),
    settings: readSettings(checked(input.settings ?? {}, SETTING_NAMES, 'settings')),
  }
  const given = Object.entries(read).filter(([, value]) => value !== undefined)
  const siteId = oneOf(input, 'site_id', Object.keys(SITES)) ?? 'MLB'
  return { ...Object.fromEntries(given), site_id: siteId }
}

export const listAccounts: Handler = (sim) => json(200, sim.accounts.list().map(view))

export const storeAccount: Handler = (sim, call) => {
  const details = readAccount(sim, inputOf(call, CREATE_NAMES))
  return json(201, view(openAccount(sim, details)))
}

/** Changes settings only: what is known of a seller stays. */
export const updateAccount: Handler = (sim, call) => {
  const account = accountOf(sim, call)
  const settings = { ...account.settings, ...readSettings(inputOf(call, SETTING_NAMES)) }
  return json(200, view(sim.accounts.save({ ...account, settings })))
}
