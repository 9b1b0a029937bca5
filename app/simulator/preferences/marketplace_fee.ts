import type { Caller } from '../api/api_call.js'
import { ApiError, errorBody } from '../api/api_error.js'
import { readApplicationFee } from '../payments/application_fee.js'
import type { ApplicationFee } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { NamedRefusal, isAbsent, typeName } from './preference_refusal.js'

/** The documented words where there are some; the rest is called as an `application_fee` is. */
const WORDS: Record<number, string> = {
  4038: 'marketplace_fee must not be greater than total amount.',
  4039: 'marketplace_fee must be a positive number',
  2059: 'You cannot use marketplace_fee with this preference',
}

function refused(sim: Simulator, { code }: ApiError): NamedRefusal {
  const message = WORDS[code] ?? 'marketplace_fee invalid.'
  const { cause } = errorBody(400, message, sim.clock.now(), code)
  return new NamedRefusal('invalid_marketplace_fee', message, 400, cause)
}

/**
 * What the application keeps of the sale. None and 0 are the same, as everybody may send 0.
 * Throws NamedRefusal `invalid_marketplace_fee`.
 */
export function readMarketplaceFee(
  sim: Simulator,
  caller: Caller,
  fee: unknown,
  totalMinor: number
): ApplicationFee | null {
  if (isAbsent(fee) || fee === 0) return null
  if (typeof fee !== 'number') {
    const message = `invalid type (${typeName(fee)}) for field marketplace_fee.`
    throw new NamedRefusal('invalid_marketplace_fee', message)
  }
  try {
    return readApplicationFee(sim, caller, fee, totalMinor)
  } catch (error) {
    if (error instanceof ApiError) throw refused(sim, error)
    throw error
  }
}
