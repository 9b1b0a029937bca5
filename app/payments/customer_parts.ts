import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { toDecimal } from '#app/core/money'
import Payment from '#app/payments/models/payment'
import {
  countOf,
  type CustomerPart,
  type CustomerRef,
} from '#app/receivables/queries/customer_part'

/** What came of a customer's payments, without what the provider and the platform keep of them. */

const receivableIds = (client: QueryClientContract, { id, tenantId }: CustomerRef) =>
  client.from('receivables').where('tenant_id', tenantId).where('customer_id', id).select('id')

const paymentIds = (client: QueryClientContract, customer: CustomerRef) =>
  client
    .from('payments')
    .where('tenant_id', customer.tenantId)
    .whereIn('receivable_id', receivableIds(client, customer))
    .select('id')

const payments: CustomerPart = {
  name: 'payments',
  async collect(customer) {
    const rows = await Payment.query()
      .where('tenant_id', customer.tenantId)
      .whereIn('receivable_id', (ids) =>
        ids
          .from('receivables')
          .where({ tenant_id: customer.tenantId, customer_id: customer.id })
          .select('id')
      )
      .orderBy('id')
    return rows.map((row) => ({
      amount: toDecimal(row),
      currency: row.currency,
      refunded: toDecimal({ amountMinor: row.refundedMinor, currency: row.currency }),
      status: row.status,
      created_at: row.providerCreatedAt.toISO(),
      paid_at: row.approvedAt?.toISO() ?? null,
    }))
  },
}

/** Whoever disputes a payment or waits for a refund has to be known until it has ended. */
const disputes: CustomerPart = {
  name: 'disputes',
  countOpen: (client, customer) =>
    countOf(
      client
        .from('disputes')
        .where('tenant_id', customer.tenantId)
        .whereIn('payment_id', paymentIds(client, customer))
        .where('state', 'open')
    ),
}

const exceptions: CustomerPart = {
  name: 'exceptions',
  countOpen: (client, customer) =>
    countOf(
      client
        .from('exception_cases')
        .where('tenant_id', customer.tenantId)
        .whereIn('receivable_id', receivableIds(client, customer))
        .where('state', 'open')
    ),
}

export const paymentsParts: CustomerPart[] = [payments, disputes, exceptions]
