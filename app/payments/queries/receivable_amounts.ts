import { rowsOf } from '#app/core/database/insert_new'
import type { Trx } from '#app/core/transaction'

/**
 * Gross sums over all payments of a receivable, in minor units. A mediation is talk: the money may
 * well stay, and was not taken from the account. An open chargeback took it.
 */
export async function receivableAmounts(trx: Trx, tenantId: string, receivableId: string) {
  const result = await trx.rawQuery(
    `select coalesce(sum(amount_minor), 0) as paid, coalesce(sum(refunded_minor), 0) as refunded,
       (select coalesce(sum(d.amount_minor), 0) from disputes d
        join payments p on p.tenant_id = d.tenant_id and p.id = d.payment_id
        where p.tenant_id = ? and p.receivable_id = ?
          and (d.state = 'lost' or (d.state = 'open' and d.kind <> 'mediation'))) as disputed
     from payments where tenant_id = ? and receivable_id = ? and approved_at is not null`,
    [tenantId, receivableId, tenantId, receivableId]
  )
  const [{ paid, refunded, disputed }] = rowsOf<Record<string, string | number>>(result)
  return {
    paidMinor: Number(paid),
    refundedMinor: Number(refunded),
    chargedBackMinor: Number(disputed),
  }
}
