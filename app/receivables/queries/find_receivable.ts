import type { Trx } from '#app/core/transaction'
import Receivable from '#app/receivables/models/receivable'

/** A receivable that a member may see, its customer and store loaded; null when there is none. */
export function findReceivable(
  where: { tenantId: string; id: string; storeIds: string[] | null },
  trx?: Trx
): Promise<Receivable | null> {
  const query = Receivable.query({ client: trx })
    .where({ tenant_id: where.tenantId, id: where.id })
    .preload('customer')
    .preload('store')
  if (where.storeIds) query.whereIn('store_id', where.storeIds)
  return query.first()
}
