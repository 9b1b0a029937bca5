import type { Caller } from '../api/api_call.js'
import { ApiError } from '../api/api_error.js'
import { siteMinor } from '../data/sites.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import type { ApplicationFee } from './payment.js'

/**
 * What the application keeps of a payment, for its owner. Only a token that another seller
 * granted may carry one, and only within one country. Throws ApiError 1, 4039, 4038 or 2059.
 */
export function readApplicationFee(
  sim: Simulator,
  caller: Caller,
  fee: unknown,
  amountMinor: number
): ApplicationFee | null {
  if (fee === undefined || fee === null) return null
  const minor = typeof fee === 'number' ? siteMinor(fee, siteOf(caller)) : null
  if (minor === null) throw new ApiError(1, '[application_fee]')
  if (minor < 0) throw new ApiError(4039)
  if (minor > amountMinor) throw new ApiError(4038)
  const ownerId = sim.accounts.application(caller.client_id)?.owner_id
  const owner = ownerId === undefined ? undefined : sim.accounts.find(ownerId)
  if (caller.via !== 'authorization_code' || !owner) throw new ApiError(2059)
  if (owner.id === caller.id || owner.site_id !== caller.site_id) throw new ApiError(2059)
  return minor === 0 ? null : { minor, ownerId: owner.id, creditedMinor: 0 }
}
