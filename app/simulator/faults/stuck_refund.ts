import { refund, startRefund } from '../life/refund.js'
import type { Payment, Refund } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'

/**
 * A refund by the seller; with the fault in force the payer's bank cannot be reached yet.
 * Throws InvalidState, RefundTooLarge.
 */
export function refundBySeller(
  sim: Simulator,
  payment: Payment,
  amountMinor: number,
  route: string
): Refund {
  const stuck = sim.faults.find('refund_in_process', payment.collectorId, route)
  if (!stuck) return refund(sim, payment, amountMinor, 'collector')
  const started = startRefund(sim, payment, amountMinor, 'collector')
  sim.faults.spend(stuck)
  return started
}
