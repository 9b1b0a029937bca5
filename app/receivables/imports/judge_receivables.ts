import { clock } from '#app/core/clock'
import type { Judgement, JudgeContext, LineProblem } from '#app/receivables/imports/import_kind'
import { findKnown, isSame, type Known } from '#app/receivables/imports/known_receivables'
import type { ReceivableRow } from '#app/receivables/imports/receivables_import'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import { visibleStores } from '#app/receivables/queries/visible_stores'
import { withoutAccents } from '#app/receivables/words'
import type Membership from '#app/tenants/models/membership'
import type Store from '#app/tenants/models/store'
import type Tenant from '#app/tenants/models/tenant'

interface World {
  today: string
  /** Those that the member may use. */
  stores: Store[]
  mayMakeCustomers: boolean
  /** Ids by the fingerprint of their tax id. */
  customers: Map<string, string>
  known: Known
}

/** What only the database knows of the lines: what is there, whose it is and where it was sold. */
export async function judgeReceivables(
  rows: ReceivableRow[],
  { tenant, member }: JudgeContext
): Promise<Judgement<ReceivableRow>[]> {
  const world: World = {
    today: clock.today(tenant.timeZone),
    stores: member ? await visibleStores(member) : [],
    mayMakeCustomers: mayMakeCustomers(member),
    customers: await customersOf(rows, tenant),
    known: await findKnown(rows, tenant.id),
  }
  return rows.map((row) => judgeRow(row, tenant, world))
}

const mayMakeCustomers = (member: Membership | null) => member !== null && member.role !== 'cashier'

async function customersOf(rows: ReceivableRow[], { id }: Tenant) {
  const indexes = rows.map(({ taxId }) => taxIdIndex(id, taxId))
  const customers = await Customer.query()
    .where('tenant_id', id)
    .whereIn('tax_id_index', indexes)
    .select('id', 'tax_id_index')
  return new Map(customers.map((customer) => [customer.taxIdIndex!, customer.id]))
}

function judgeRow(
  row: ReceivableRow,
  tenant: Tenant,
  { today, stores, mayMakeCustomers: mayMake, customers, known }: World
): Judgement<ReceivableRow> {
  const customerId = customers.get(taxIdIndex(tenant.id, row.taxId)) ?? null
  const there = known.of(row)
  if (there) {
    const isTheSame = isSame(there, { ...row, customerId })
    return isTheSame ? { isKnown: true } : { problems: [whole('reference_taken')] }
  }
  const store = storeOf(row, stores)
  const problems = [
    ...(row.dueOn < today ? [{ column: 'due_on', rule: 'date_past' }] : []),
    ...(store ? [] : [{ column: 'store', rule: row.store ? 'store_unknown' : 'store_missing' }]),
    ...(customerId ? [] : customerProblems(row, mayMake)),
  ]
  return store && problems.length === 0
    ? { row: { ...row, storeId: store.id, customerId } }
    : { problems }
}

const whole = (rule: string): LineProblem => ({ column: null, rule })

const bare = (text: string) => withoutAccents(text).trim()

/** By name; an empty cell means the usual store, or the only one that the member has. */
function storeOf({ store: name }: ReceivableRow, stores: Store[]): Store | undefined {
  if (name !== null) {
    const exact = stores.find((store) => store.name === name)
    return exact ?? stores.find((store) => bare(store.name) === bare(name))
  }
  return stores.find(({ isDefault }) => isDefault) ?? (stores.length === 1 ? stores[0] : undefined)
}

/** Nobody has this tax id: whoever it is must be told of, by somebody who may. */
function customerProblems(row: ReceivableRow, mayMake: boolean): LineProblem[] {
  if (!mayMake) return [{ column: 'tax_id', rule: 'customer_missing' }]
  if (row.customerProblems.length > 0) return row.customerProblems
  return row.customer ? [] : [{ column: 'tax_id', rule: 'customer_unknown' }]
}
