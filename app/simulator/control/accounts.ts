import { newAccessToken, newPublicKey } from '../accounts/credentials.js'
import { SITES } from '../data/sites.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { ScenarioAccount } from '../scenario.js'
import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { checked, inputOf, integer, oneOf, text, type Input } from './input.js'
import { Problem } from './problem.js'
import { SETTING_NAMES, readSettings } from './settings.js'

const CREATE_NAMES = [
  'id',
  'site_id',
  'nickname',
  'first_name',
  'last_name',
  'email',
  'corporate_name',
  'identification',
  'client_id',
  'settings',
] as const

const TAX_IDS: Record<string, { type: string; number: string }> = {
  MLB: { type: 'CNPJ', number: '11444777000161' },
  MLA: { type: 'CUIT', number: '20123456786' },
}

function view(account: Account) {
  return { ...account, currency_id: siteOf(account).currencyId }
}

function readIdentification(input: Input, siteId: string) {
  if (input.identification === undefined) {
    return TAX_IDS[siteId] ?? { type: 'Otro', number: '123456789' }
  }
  const read = checked(input.identification, ['type', 'number'], 'identification')
  return { type: text(read, 'type') ?? 'Otro', number: text(read, 'number') ?? '' }
}

function readAccount(sim: Simulator, input: Input): ScenarioAccount {
  const siteId = oneOf(input, 'site_id', Object.keys(SITES)) ?? 'MLB'
  const id = integer(input, 'id', 1) ?? sim.store.nextId('payer')
  if (sim.accounts.find(id)) throw new Problem(409, `account ${id} exists`)
  // Without an application of its own there is no webhook that could be told.
  const clientId = text(input, 'client_id') ?? `${1e15 + id}`
  const nickname = text(input, 'nickname') ?? `TESTUSER${id}`
  const settings = readSettings(checked(input.settings ?? {}, SETTING_NAMES, 'settings'))
  return {
    id,
    site_id: siteId,
    nickname,
    first_name: text(input, 'first_name') ?? 'Test',
    last_name: text(input, 'last_name') ?? 'Test',
    email: text(input, 'email') ?? `test_user_${id}@testuser.com`,
    identification: readIdentification(input, siteId),
    corporate_name: text(input, 'corporate_name') ?? nickname,
    access_token: newAccessToken(clientId, id, sim.clock.now()),
    public_key: newPublicKey(),
    client_id: clientId,
    settings,
  }
}

export const listAccounts: Handler = (sim) => json(200, sim.accounts.list().map(view))

export const storeAccount: Handler = (sim, call) => {
  const account = readAccount(sim, inputOf(call, CREATE_NAMES))
  return json(201, view(sim.accounts.create(account, sim.clock.now())))
}

/** Changes settings only: what is known of a seller stays. */
export const updateAccount: Handler = (sim, call) => {
  const account = sim.accounts.find(Number(call.params.id))
  if (!account) throw new Problem(404, `there is no account ${call.params.id}`)
  const settings = { ...account.settings, ...readSettings(inputOf(call, SETTING_NAMES)) }
  return json(200, view(sim.accounts.save({ ...account, settings })))
}
