import { header, type Call } from '../http/call.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import type { Payment } from '../payments/payment.js'
import { ApiError } from './api_error.js'

/** Whose account a call is about, and by what right: `client_id` is the application that calls. */
export interface Caller extends Account {
  via: 'own_token' | 'authorization_code' | 'client_credentials'
  liveMode: boolean
}

/** With the token that the account has from the beginning. */
export function asOwner(account: Account): Caller {
  return { ...account, via: 'own_token', liveMode: true }
}

export function tokenOf(call: Call): string | null {
  return /^Bearer (\S+)$/i.exec(header(call, 'authorization') ?? '')?.[1] ?? null
}

export function callerOf(sim: Simulator, call: Call): Caller | undefined {
  const text = tokenOf(call)
  if (!text) return undefined
  const own = sim.accounts.byToken(text)
  if (own) return asOwner(own)
  const token = sim.grants.token(text, sim.clock.now())
  const account = token && sim.accounts.find(token.accountId)
  if (!account) return undefined
  const { clientId, grantType, liveMode } = token
  return { ...account, client_id: clientId, via: grantType, liveMode }
}

/** Throws ApiError 5. */
export function authenticated(sim: Simulator, call: Call): Caller {
  const caller = callerOf(sim, call)
  if (!caller) throw new ApiError(5)
  return caller
}

/** A page in a browser has no token, only the key that everybody may know. Throws ApiError 5. */
export function authenticatedOrPublic(sim: Simulator, call: Call): Caller {
  const key = call.query.get('public_key')
  const caller = key ? callerByPublicKey(sim, key) : callerOf(sim, call)
  if (!caller) throw new ApiError(5)
  return caller
}

function callerByPublicKey(sim: Simulator, key: string): Caller | undefined {
  const own = sim.accounts.byPublicKey(key)
  if (own) return asOwner(own)
  const grant = sim.grants.byPublicKey(key)
  const account = grant && sim.accounts.find(grant.accountId)
  if (!account) return undefined
  const { clientId, liveMode } = grant
  return { ...account, client_id: clientId, via: 'authorization_code', liveMode }
}

/** A payment of this seller; another's is as missing as one that never was. Throws ApiError 2000. */
export function ownPayment(sim: Simulator, account: Account, id: string): Payment {
  const payment = /^\d{1,15}$/.test(id) ? sim.payments.find(Number(id)) : undefined
  if (payment?.collectorId !== account.id) throw new ApiError(2000)
  return payment
}
