import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { toDecimal } from '#app/core/money'
import { activeStates } from '#app/receivables/charge_states'
import {
  countOf,
  type CustomerPart,
  type CustomerRef,
} from '#app/receivables/queries/customer_part'
import { unfinishedStates } from '#app/receivables/imports/import_states'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import Sending from '#app/receivables/models/sending'

/** What this module keeps of a customer. */

type Client = QueryClientContract

const receivableIds = (client: Client, { id, tenantId }: CustomerRef) =>
  client.from('receivables').where('tenant_id', tenantId).where('customer_id', id).select('id')

const receivables: CustomerPart = {
  name: 'receivables',
  tables: ['receivables'],
  countOpen: (client, { id, tenantId }) =>
    countOf(
      client
        .from('receivables')
        .where('tenant_id', tenantId)
        .where('customer_id', id)
        .whereIn('state', ['draft', 'open', 'partially_paid'])
    ),
  async collect({ id, tenantId }) {
    const rows = await Receivable.query()
      .where({ tenant_id: tenantId, customer_id: id })
      .orderBy('id')
    return rows.map((row) => ({
      description: row.description,
      amount: toDecimal(row),
      currency: row.currency,
      due_on: row.dueOn,
      state: row.state,
      paid: toDecimal({ amountMinor: row.paidMinor, currency: row.currency }),
      refunded: toDecimal({ amountMinor: row.refundedMinor, currency: row.currency }),
      created_at: row.createdAt.toISO(),
    }))
  },
}

const schedules: CustomerPart = {
  name: 'schedules',
  tables: ['receivable_schedules'],
  countOpen: (client, { id, tenantId }) =>
    countOf(
      client
        .from('receivable_schedules')
        .where('tenant_id', tenantId)
        .where('customer_id', id)
        .whereIn('state', ['active', 'paused'])
    ),
  async collect({ id, tenantId }) {
    const rows = await ReceivableSchedule.query()
      .where({ tenant_id: tenantId, customer_id: id })
      .orderBy('id')
    return rows.map((row) => ({
      description: row.description,
      amount: toDecimal(row),
      currency: row.currency,
      due_on: row.firstDueOn,
      state: row.state,
      created_at: row.createdAt.toISO(),
    }))
  },
}

const charges: CustomerPart = {
  name: 'charges',
  countOpen: (client, customer) =>
    countOf(
      client
        .from('charges')
        .where('tenant_id', customer.tenantId)
        .whereIn('receivable_id', receivableIds(client, customer))
        .whereIn('state', [...activeStates])
    ),
  /** The provider's document and words name the payer. */
  async erase(trx, customer) {
    await trx
      .from('charges')
      .where('tenant_id', customer.tenantId)
      .whereIn('receivable_id', receivableIds(trx, customer))
      .update({ document_url: null, failure_message: null })
  },
  async collect(customer) {
    const rows = await Charge.query()
      .where('tenant_id', customer.tenantId)
      .whereIn('receivable_id', (ids) =>
        ids
          .from('receivables')
          .where({ tenant_id: customer.tenantId, customer_id: customer.id })
          .select('id')
      )
      .orderBy('id')
    return rows.map((row) => ({
      method: row.method,
      amount: toDecimal(row),
      currency: row.currency,
      state: row.state,
      created_at: row.createdAt.toISO(),
      expires_at: row.expiresAt.toISO(),
    }))
  },
}

const mails: CustomerPart = {
  name: 'mails',
  countOpen: (client, customer) =>
    countOf(
      client
        .from('sendings')
        .where('tenant_id', customer.tenantId)
        .whereIn('receivable_id', receivableIds(client, customer))
        .where('state', 'waiting')
    ),
  /** Whom they went to, and those that development keeps instead of sending them. */
  async erase(trx, customer) {
    await trx
      .from('sendings')
      .where('tenant_id', customer.tenantId)
      .whereIn('receivable_id', receivableIds(trx, customer))
      .update({ recipient: '', answer: null })
    const address = customer.email.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)
    if (address) {
      await trx
        .from('kept_mails')
        .whereRaw(`lower(recipients) like ? escape '\\'`, [`%${address}%`])
        .delete()
    }
  },
  async collect(customer) {
    const rows = await Sending.query()
      .where('tenant_id', customer.tenantId)
      .whereIn('receivable_id', (ids) =>
        ids
          .from('receivables')
          .where({ tenant_id: customer.tenantId, customer_id: customer.id })
          .select('id')
      )
      .orderBy('id')
    return rows.map(({ kind, state, recipient, createdAt, sentAt }) => ({
      ...{ kind, state, recipient },
      created_at: createdAt.toISO(),
      sent_at: sentAt?.toISO() ?? null,
    }))
  },
}

/** Who wants no reminders wants none after a merger either. */
const reminderStops: CustomerPart = {
  name: 'reminder_stops',
  tables: ['reminder_stops'],
  unique: ['reminder_stops'],
}

/** A file that has not ended may bring anybody back, and is sealed: nobody knows whom. */
const imports: CustomerPart = {
  name: 'imports',
  countOpen: (client, { tenantId }) =>
    countOf(
      client
        .from('import_runs')
        .where('tenant_id', tenantId)
        .whereIn('state', [...unfinishedStates])
    ),
}

export const receivablesParts: CustomerPart[] = [
  receivables,
  schedules,
  charges,
  mails,
  reminderStops,
  imports,
]
