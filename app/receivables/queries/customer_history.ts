import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import type Customer from '#app/receivables/models/customer'
import type Tenant from '#app/tenants/models/tenant'

export interface CustomerTotals {
  /** What is still to be paid, over open and partially paid ones; minor units. */
  openMinor: number
  openCount: number
  overdueMinor: number
  overdueCount: number
  draftCount: number
  /** What came in and was not given back. */
  paidMinor: number
  paidCount: number
}

/** What a customer owes a tenant and has paid it, over all its receivables; one query. */
export async function customerTotals(tenant: Tenant, { id }: Customer): Promise<CustomerTotals> {
  const isOpen = `state in ('open', 'partially_paid')`
  const isOverdue = `${isOpen} and due_on < ?`
  const count = (condition: string, name: string) =>
    `coalesce(sum(case when ${condition} then 1 else 0 end), 0) as ${name}`
  const sum = (condition: string, amount: string, name: string) =>
    `coalesce(sum(case when ${condition} then ${amount} else 0 end), 0) as ${name}`
  const today = clock.today(tenant.timeZone)
  const row = await db
    .from('receivables')
    .where('tenant_id', tenant.id)
    .where('customer_id', id)
    .select(
      db.raw(sum(isOpen, 'amount_minor - paid_minor', 'open_minor')),
      db.raw(count(isOpen, 'open_count')),
      db.raw(sum(isOverdue, 'amount_minor - paid_minor', 'overdue_minor'), [today]),
      db.raw(count(isOverdue, 'overdue_count'), [today]),
      db.raw(count(`state = 'draft'`, 'draft_count')),
      db.raw(sum('paid_minor > 0', 'paid_minor - refunded_minor', 'paid_minor_sum')),
      db.raw(count('paid_minor > 0', 'paid_count'))
    )
    .first()
  return {
    openMinor: Number(row.open_minor),
    openCount: Number(row.open_count),
    overdueMinor: Number(row.overdue_minor),
    overdueCount: Number(row.overdue_count),
    draftCount: Number(row.draft_count),
    paidMinor: Number(row.paid_minor_sum),
    paidCount: Number(row.paid_count),
  }
}
