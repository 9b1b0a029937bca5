import { randomBytes } from 'node:crypto'
import { findMethod } from '../data/payment_methods.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import { takeCharges } from './charges.js'
import { InvalidState } from './invalid_state.js'
import { record } from './record.js'
import { refund } from './refund.js'

/**
 * The payer's money arrives: `amountMinor` may differ from what was asked (fine, interest, a
 * short payment). After the expiry it is returned at once, unless the account accepts it.
 * Throws InvalidState.
 */
export function pay(sim: Simulator, payment: Payment, amountMinor = payment.askedMinor): void {
  const late = payment.statusDetail === 'expired'
  const isOpen = payment.status === 'pending' || late
  if (payment.card || !isOpen) throw new InvalidState(payment, 'pay')
  approve(sim, payment, amountMinor)
  const { settings } = sim.accounts.find(payment.collectorId)!
  if (late && settings.late_payments === 'returned') {
    refund(sim, payment, payment.amountMinor, 'admin', 'paid after its expiration')
  }
}

/** From whatever state: charges are taken, and the money is on its way to the seller. */
export function approve(sim: Simulator, payment: Payment, amountMinor: number): void {
  const at = sim.clock.now()
  const { settings } = sim.accounts.find(payment.collectorId)!
  const method = findMethod(payment.siteId, payment.methodId)!
  const releaseDays = settings.release_days[method.id] ?? method.releaseDays
  payment.amountMinor = amountMinor
  payment.charges = takeCharges(payment, settings, at)
  payment.netMinor = payment.charges.reduce((left, c) => left - c.originalMinor, amountMinor)
  payment.status = 'approved'
  payment.statusDetail = 'accredited'
  payment.approvedAt = at
  payment.releaseAt = at + releaseDays * DAY_MS
  payment.released = releaseDays === 0
  if (payment.pix) payment.pix.endToEndId = endToEndId(at)
  record(sim, payment, 'payment.approved', at)
}

/** As the central bank writes it: E, the payer's bank, the minute, eleven letters or digits. */
function endToEndId(at: number): string {
  const minute = new Date(at).toISOString().replace(/\D/g, '').slice(0, 12)
  return `E00000208${minute}${randomBytes(6).toString('hex').slice(0, 11)}`
}
