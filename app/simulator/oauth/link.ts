import { newAccessToken, newPublicKey, newTemporaryGrant } from '../accounts/credentials.js'
import type { Simulator } from '../simulator.js'
import type { Application } from '../store/accounts.js'
import { DAY_MS, isoTime } from '../time.js'
import type { AccessToken, Grant } from './grant.js'

export const TOKEN_LIFE_MS = 180 * DAY_MS

/** Nothing links this application to this account. */
export class NotLinked extends Error {
  constructor(clientId: string, accountId: number) {
    super(`account ${accountId} is not linked to application ${clientId}`)
  }
}

export interface Issued {
  grant: Grant
  token: AccessToken
}

/** A seller joins an application anew: what it was given before cannot be renewed any more. */
export function link(
  sim: Simulator,
  application: Application,
  accountId: number,
  liveMode: boolean
): Issued {
  const at = sim.clock.now()
  const offline = application.offline_access ?? true
  const grant: Grant = {
    clientId: application.client_id,
    accountId,
    scope: offline ? 'offline_access read write' : 'read write',
    refreshToken: offline ? newTemporaryGrant(accountId) : null,
    refreshUntil: at + TOKEN_LIFE_MS,
    publicKey: newPublicKey(liveMode),
    liveMode,
    linkedAt: at,
    renewedAt: at,
  }
  sim.grants.save(grant)
  const token = issue(sim, grant, at)
  tell(sim, 'application.authorized', grant, at)
  return { grant, token }
}

/** The used refresh token dies here; access tokens live on to their end. */
export function renew(sim: Simulator, former: Grant): Issued {
  const at = sim.clock.now()
  const grant = {
    ...former,
    refreshToken: newTemporaryGrant(former.accountId),
    refreshUntil: at + TOKEN_LIFE_MS,
    renewedAt: at,
  }
  sim.grants.save(grant)
  const token = issue(sim, grant, at)
  sim.journal.effect('application.renewed', at, effectOf(grant))
  return { grant, token }
}

/** The seller takes its leave back: every token of it is dead at once. Throws NotLinked. */
export function unlink(sim: Simulator, clientId: string, accountId: number): void {
  const grant = sim.grants.find(clientId, accountId)
  if (!grant) throw new NotLinked(clientId, accountId)
  sim.store.transaction(() => {
    sim.grants.drop(clientId, accountId)
    tell(sim, 'application.deauthorized', grant, sim.clock.now())
  })
}

function issue(sim: Simulator, grant: Grant, at: number): AccessToken {
  const token: AccessToken = {
    token: newAccessToken(grant.clientId, grant.accountId, at, grant.liveMode),
    clientId: grant.clientId,
    accountId: grant.accountId,
    grantType: 'authorization_code',
    liveMode: grant.liveMode,
    expiresAt: at + TOKEN_LIFE_MS,
  }
  sim.grants.saveToken(token)
  return token
}

function effectOf({ clientId, accountId }: Grant) {
  return { client_id: clientId, account_id: accountId }
}

function tell(sim: Simulator, action: string, grant: Grant, at: number): void {
  const { clientId, accountId } = grant
  sim.journal.effect(action, at, effectOf(grant))
  const url = sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const dataId = String(accountId)
  const draft = { accountId, clientId, url, topic: 'mp-connect', dataId, action }
  sim.notifier.announce(draft, at, (id) => ({
    id: String(id),
    date_created: isoTime(at).replace(/\.\d+/, ''),
    live_mode: grant.liveMode,
  }))
}
