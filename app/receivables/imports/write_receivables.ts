import { DateTime } from 'luxon'
import { recordAudits } from '#app/core/audit'
import { instantText } from '#app/core/columns'
import { newId, newPublicToken } from '#app/core/ids'
import type { Trx } from '#app/core/transaction'
import { addEffects } from '#app/core/work/outbox'
import type { Applied, ApplyContext } from '#app/receivables/imports/import_kind'
import { findKnown } from '#app/receivables/imports/known_receivables'
import type { ReceivableRow, ReceivablesOptions } from '#app/receivables/imports/receivables_import'
import { writeCustomers } from '#app/receivables/imports/write_customers'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import { addWords } from '#app/receivables/receivable_words'

type Context = ApplyContext<ReceivablesOptions>

/** A line that is to become a receivable, and whom it is of. */
interface Due {
  row: ReceivableRow
  line: number
  id: string
  customerId: string
}

/**
 * Makes the receivables of a batch, and the customers that are missing. What is there stays as it
 * is, as does a line whose customer was erased since it was read.
 */
export async function writeReceivables(
  trx: Trx,
  rows: ReceivableRow[],
  context: Context
): Promise<Applied[]> {
  const { tenant, lines } = context
  const known = await findKnown(rows, tenant.id, trx)
  const isNew = rows.map((row) => !known.of(row))
  const newRows = rows.filter((_, at) => isNew[at])
  const customers = await customersOf(trx, newRows, context)
  const due = rows.flatMap((row, at): Due[] => {
    const customerId = isNew[at] ? customers(row) : undefined
    return customerId ? [{ row, line: lines[at], id: newId(), customerId }] : []
  })
  await write(trx, due, context)
  const made = new Set(due.map(({ row }) => row))
  return rows.map((row) => (made.has(row) ? 'created' : 'skipped'))
}

/** Whose they are; held until the transaction ends, so that nobody is merged or erased meanwhile. */
async function customersOf(trx: Trx, rows: ReceivableRow[], { tenant }: Context) {
  const indexOf = ({ taxId }: ReceivableRow) => taxIdIndex(tenant.id, taxId)
  const byIndex = await held(trx, tenant.id, rows.map(indexOf), 'tax_id_index')
  const isMissing = (row: ReceivableRow) => row.customer && !byIndex.has(indexOf(row))
  const missing = new Map(rows.filter(isMissing).map((row) => [indexOf(row), row]))
  const made = [...missing.values()].map(({ customer, taxId }) => ({ given: customer!, taxId }))
  const ids = await writeCustomers(trx, tenant, made)
  const newIds = new Map([...missing.keys()].map((index, at) => [index, ids[at]]))
  const merged = await mergedInto(trx, tenant.id, rows)
  return (row: ReceivableRow): string | undefined =>
    byIndex.get(indexOf(row))?.id ?? newIds.get(indexOf(row)) ?? merged.get(row.customerId ?? '')
}

/** Customers that were merged between the dry run and now, and whom they became. */
async function mergedInto(trx: Trx, tenantId: string, rows: ReceivableRow[]) {
  const ids = rows.flatMap(({ customerId }) => customerId ?? [])
  const named = await held(trx, tenantId, ids, 'id')
  const gone = [...named.values()].filter(({ mergedIntoId }) => mergedIntoId)
  const kept = await held(
    trx,
    tenantId,
    gone.map(({ mergedIntoId }) => mergedIntoId!),
    'id'
  )
  const alive = gone.filter(({ mergedIntoId }) => kept.get(mergedIntoId!)?.isGone === false)
  return new Map(alive.map(({ id, mergedIntoId }) => [id, mergedIntoId!]))
}

async function held(trx: Trx, tenantId: string, values: string[], column: 'id' | 'tax_id_index') {
  if (values.length === 0) return new Map<string, Customer>()
  const customers = await Customer.query({ client: trx })
    .where('tenant_id', tenantId)
    .whereIn(column, values)
    .orderBy('id')
    .forShare()
  return new Map(customers.map((one) => [column === 'id' ? one.id : one.taxIdIndex!, one]))
}

async function write(trx: Trx, due: Due[], context: Context) {
  if (due.length === 0) return
  const { tenant, actor, runId, options } = context
  const tenantId = tenant.id
  await trx.table('receivables').multiInsert(due.map((one) => newRow(one, context)))
  const worded = due.map(({ id, row: { description, reference } }) => ({
    ...{ id, tenantId, description, reference },
  }))
  await addWords(trx, worded)
  await recordAudits(
    trx,
    due.map(({ id, row: { amountMinor, dueOn, terms } }) => ({
      ...{ actor, action: 'receivable.created', tenantId },
      subject: { type: 'receivable', id },
      details: { amountMinor, currency: tenant.currency, dueOn, ...terms, importRunId: runId },
    }))
  )
  if (!options.methods?.length) return
  const effect = 'receivables.offer_imported'
  const effects = due.map(({ id: receivableId, line }) => ({
    ...{ tenantId, effect, payload: { receivableId, runId, line } },
  }))
  await addEffects(trx, effects)
}

function newRow({ row, id, customerId }: Due, { tenant, createdBy }: Context) {
  const { terms } = row
  const now = instantText(DateTime.utc())
  return {
    ...{ id, tenant_id: tenant.id, customer_id: customerId, store_id: row.storeId! },
    ...{ reference: row.reference, import_key: row.importKey, description: row.description },
    ...{ amount_minor: row.amountMinor, currency: tenant.currency },
    ...{ due_on: row.dueOn, pay_until: row.payUntil },
    ...{ fine_percent: terms.finePercent, interest_percent: terms.interestPercent },
    ...{ discount_percent: terms.discountPercent, discount_until: terms.discountUntil },
    ...{ state: 'draft', paid_minor: 0, refunded_minor: 0, public_token: newPublicToken() },
    ...{ created_by: createdBy, created_at: now, updated_at: now },
  }
}
