import type { Trx } from '#app/core/transaction'
import Charge, { activeStates } from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'

const WAITING = ['pending', 'in_process', 'authorized']

/**
 * What of a receivable asks for more than is still owed and could still bring money: active charges, a checkout that is not closed (one
 * that was paid takes a second payment), and vouchers that were made in a checkout.
 */
export async function surplusCharges(
  tenantId: string,
  receivableId: string,
  trx?: Trx
): Promise<Charge[]> {
  const receivable = await Receivable.query({ client: trx })
    .where({ tenant_id: tenantId, id: receivableId })
    .firstOrFail()
  const charges = await payableCharges(tenantId, receivableId, trx)
  return charges.filter((charge) => receivable.isSurplus(charge))
}

const payableCharges = (tenantId: string, receivableId: string, trx?: Trx): Promise<Charge[]> =>
  Charge.query({ client: trx })
    .where({ tenant_id: tenantId, receivable_id: receivableId })
    .where((payable) =>
      payable
        .whereIn('state', [...activeStates])
        .orWhere((link) =>
          link.where('method', 'link').whereNull('checkout_closed_at').whereNot('state', 'rejected')
        )
        .orWhereIn('id', (waiting) =>
          waiting
            .from('payments')
            .where({ tenant_id: tenantId, receivable_id: receivableId })
            .whereIn('status', WAITING)
            .select('charge_id')
        )
    )
    .orderBy('id')
    .exec()
