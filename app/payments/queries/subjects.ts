import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantFrom } from '#app/core/columns'

/** What a payment was of, as a statement names it. */
export interface Subject {
  receivableId: string
  description: string
  customer: string
  store: string
  type: string
  providerPaymentId: string
  /** When the provider said it would let go of the money; null where it did not say. */
  releaseAt: DateTime | null
  isReleased: boolean
}

/** Of a page's payments, by their id. */
export async function subjectsOf(
  tenantId: string,
  paymentIds: string[]
): Promise<Map<string, Subject>> {
  if (paymentIds.length === 0) return new Map()
  const same = (table: string, key: string) =>
    [table, `${table}.id`, key, `${table}.tenant_id`] as const
  const query = db.from('payments').where('payments.tenant_id', tenantId)
  for (const [table, id, key, tenant] of [
    same('charges', 'payments.charge_id'),
    same('stores', 'charges.store_id'),
    same('receivables', 'payments.receivable_id'),
    same('customers', 'receivables.customer_id'),
  ]) {
    query.join(table, (join) => join.on(id, key).andOn(tenant, 'payments.tenant_id'))
  }
  const rows = await query
    .whereIn('payments.id', paymentIds)
    .select('payments.id', 'payments.type', 'payments.provider_payment_id')
    .select('payments.money_release_at', 'payments.released_at')
    .select('receivables.id as receivable_id', 'receivables.description')
    .select('customers.name as customer', 'stores.name as store')
  return new Map(rows.map((row) => [row.id, asSubject(row)]))
}

const asSubject = (row: Record<string, any>): Subject => ({
  receivableId: row.receivable_id,
  description: row.description,
  customer: row.customer,
  store: row.store,
  type: row.type,
  providerPaymentId: row.provider_payment_id,
  releaseAt: row.money_release_at ? instantFrom(row.money_release_at) : null,
  isReleased: row.released_at !== null,
})
