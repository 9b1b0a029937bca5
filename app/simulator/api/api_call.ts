import type { Call } from '../http/call.js'
import { header } from '../http/call.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import type { Payment } from '../payments/payment.js'
import { ApiError } from './api_error.js'

export function tokenOf(call: Call): string | null {
  return /^Bearer (\S+)$/i.exec(header(call, 'authorization') ?? '')?.[1] ?? null
}

/** Throws ApiError 5. */
export function authenticated(sim: Simulator, call: Call): Account {
  const token = tokenOf(call)
  const account = token ? sim.accounts.byToken(token) : undefined
  if (!account) throw new ApiError(5)
  return account
}

/** A payment of this seller; another's is as missing as one that never was. Throws ApiError 2000. */
export function ownPayment(sim: Simulator, account: Account, id: string): Payment {
  const payment = /^\d{1,15}$/.test(id) ? sim.payments.find(Number(id)) : undefined
  if (payment?.collectorId !== account.id) throw new ApiError(2000)
  return payment
}
