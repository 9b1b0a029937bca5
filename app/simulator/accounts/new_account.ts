import type { ScenarioAccount } from '../scenario.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import { newAccessToken, newPublicKey } from './credentials.js'

/** Valid ones, of people and companies that do not exist. */
export const DOCUMENTS: Record<string, { type: string; number: string }> = {
  MLB: { type: 'CNPJ', number: '11444777000161' },
  MLA: { type: 'CUIT', number: '20123456786' },
}

export const OTHER_DOCUMENT = { type: 'Otro', number: '123456789' }

export type AccountDetails = Partial<ScenarioAccount> & { site_id: string }

/** What is not told is made up; without an application of its own there is no webhook to tell. */
export function openAccount(sim: Simulator, details: AccountDetails): Account {
  const now = sim.clock.now()
  const id = details.id ?? sim.store.nextId('payer')
  const clientId = details.client_id ?? `${1e15 + id}`
  const nickname = details.nickname ?? `TESTUSER${id}`
  const account: ScenarioAccount = {
    nickname,
    first_name: 'Test',
    last_name: 'Test',
    email: `test_user_${id}@testuser.com`,
    identification: DOCUMENTS[details.site_id] ?? OTHER_DOCUMENT,
    corporate_name: nickname,
    access_token: newAccessToken(clientId, id, now),
    public_key: newPublicKey(),
    test_user: true,
    ...details,
    id,
    client_id: clientId,
  }
  return sim.accounts.create(account, now)
}
