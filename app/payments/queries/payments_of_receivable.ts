import db from '@adonisjs/lucid/services/db'
import { sumMinor } from '#app/core/money'
import type { ChargeType } from '#app/gateway/provider'
import Payment from '#app/payments/models/payment'

export interface PaymentOfReceivable {
  payment: Payment
  /** What the provider kept and did not give back, by type; minor units. */
  charges: { type: ChargeType; amountMinor: number }[]
  /** What the platform kept and did not give back. */
  feeMinor: number
  /** What is left for the tenant of what the customer paid. */
  netMinor: number
}

/**
 * What was paid on a receivable and who got how much of it, newest first; attempts that brought no
 * money are left out. Four queries, however many payments there are.
 */
export async function paymentsOfReceivable(
  tenantId: string,
  receivableId: string
): Promise<PaymentOfReceivable[]> {
  const payments = await Payment.query()
    .where({ tenant_id: tenantId, receivable_id: receivableId })
    .whereNotNull('approved_at')
    .preload('refunds', (refunds) => refunds.where('tenant_id', tenantId).orderBy('id'))
    .preload('disputes', (disputes) => disputes.where('tenant_id', tenantId).orderBy('id'))
    .orderBy('id', 'desc')
  const charges = await chargesOf(
    tenantId,
    payments.map(({ id }) => id)
  )
  return payments.map((payment) => {
    const { id, amountMinor, refundedMinor, chargesMinor, chargesReturnedMinor } = payment
    const feeMinor = payment.feeMinor - payment.feeReturnedMinor
    const keptMinor = chargesMinor - chargesReturnedMinor
    const lost = payment.disputes.filter(({ state }) => state === 'lost')
    const goneMinor = sumMinor([refundedMinor, ...lost.map((dispute) => dispute.amountMinor)])
    const netMinor = amountMinor - goneMinor - keptMinor - feeMinor
    return { payment, charges: charges.get(id) ?? [], feeMinor, netMinor }
  })
}

async function chargesOf(tenantId: string, paymentIds: string[]) {
  const rows = await db
    .from('ledger_entries')
    .where('tenant_id', tenantId)
    .where('account', 'platform:gateway')
    .whereIn('payment_id', paymentIds)
    .whereNotNull('charge_type')
    .select('payment_id', 'charge_type')
    .sum('amount_minor as amount_minor')
    .groupBy('payment_id', 'charge_type')
    .orderBy('charge_type')
  const byPayment = new Map<string, PaymentOfReceivable['charges']>()
  for (const { payment_id: id, charge_type: type, amount_minor: sum } of rows) {
    const amountMinor = -Number(sum)
    if (amountMinor === 0) continue
    byPayment.set(id, [...(byPayment.get(id) ?? []), { type, amountMinor }])
  }
  return byPayment
}
