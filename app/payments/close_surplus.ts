import type { Trx } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { surplusCharges } from '#app/payments/queries/surplus_charges'
import type Receivable from '#app/receivables/models/receivable'

/**
 * Has what asks for more than is still owed closed; nobody waits for the provider inside a
 * transaction.
 * @param receivable locked, and saved as it stands now
 */
export async function closeSurplus(
  trx: Trx,
  { tenantId, id: receivableId }: Receivable
): Promise<void> {
  const surplus = await surplusCharges(tenantId, receivableId, trx)
  if (surplus.length === 0) return
  await addEffect(trx, { tenantId, effect: 'charges.close_others', payload: { receivableId } })
}
