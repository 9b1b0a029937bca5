import type ExceptionCase from '#app/payments/models/exception_case'
import Receivable from '#app/receivables/models/receivable'

const MOST = 20

/** What is still owed of a receivable, in SQL. */
const OUTSTANDING = 'amount_minor - paid_minor - coalesce(waived_minor, 0)'

/**
 * What money without a charge could have been paid for: what is open in its currency with tenants
 * that sell on the platform's account. Those that owe exactly that much, or those that a text finds
 * by tenant, customer or description.
 */
export function linkableReceivables({ details }: ExceptionCase, q?: string): Promise<Receivable[]> {
  // tenant: whose it is is the question
  const query = Receivable.query()
    .whereIn('state', ['open', 'partially_paid'])
    .where('currency', String(details.currency))
    .whereHas('tenant', (tenant) => tenant.where({ mode: 'centralized', state: 'active' }))
    .preload('tenant')
    .preload('customer')
    .orderBy('id', 'desc')
    .limit(MOST)
  if (!q) return query.whereRaw(`${OUTSTANDING} = ?`, [details.amountMinor]).exec()
  const like = [`%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`]
  const matches = (column: string) => `lower(${column}) like ? escape '\\'`
  return query
    .where((either) =>
      either
        .whereRaw(matches('description'), like)
        .orWhereHas('customer', (customer) => customer.whereRaw(matches('name'), like))
        .orWhereHas('tenant', (tenant) => tenant.whereRaw(matches('trade_name'), like))
    )
    .exec()
}
