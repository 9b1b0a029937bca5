import vine from '@vinejs/vine'
import type { Trx } from '#app/core/transaction'
import {
  payerTaxIdKindsOf,
  readPayerTaxId,
  mustNameKind,
  taxIdExamples,
  type TaxId,
} from '#app/core/tax_ids'
import { addressForm } from '#app/receivables/address_forms'
import type {
  Applied,
  ApplyContext,
  Cells,
  ImportColumn,
  ImportKind,
  JudgeContext,
  LineProblem,
} from '#app/receivables/imports/import_kind'
import {
  customerFromImport,
  writeCustomers,
  type WrittenCustomer,
} from '#app/receivables/imports/write_customers'
import { readLineWith } from '#app/receivables/imports/read_line'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import { newCustomerValidator } from '#app/receivables/validators/customer'
import type Tenant from '#app/tenants/models/tenant'

const options = vine.create({ existing: vine.enum(['update', 'skip']) })

export type CustomersOptions = Awaited<ReturnType<typeof options.validate>>

/** What a line says of a customer; fields that it leaves empty are left alone. */
export interface CustomerRow {
  given: ReturnType<typeof customerFromImport>
  taxId: TaxId
}

function columns({ country, locale }: Tenant): ImportColumn[] {
  const { postalCode, states } = addressForm(country)
  const kind = { name: 'tax_id_kind', required: true, sample: payerTaxIdKindsOf(country)[0] }
  const taxIdNames = [...payerTaxIdKindsOf(country), 'documento', 'cpf_cnpj', 'cuil']
  return [
    { name: 'name', required: true, also: ['nome', 'nombre', 'razao social'], sample: 'Ana Souza' },
    ...(mustNameKind(country) ? [kind] : []),
    { name: 'tax_id', required: true, also: taxIdNames, sample: taxIdExamples[country] },
    { name: 'email', required: true, also: ['e-mail', 'mail'], sample: 'ana@example.com' },
    { name: 'phone', also: ['celular', 'mobile', 'whatsapp'], sample: '' },
    { name: 'contact', sample: '' },
    { name: 'entity_type', sample: '' },
    { name: 'language', sample: locale },
    { name: 'zip', also: ['cep', 'postal_code'], sample: postalCode.example },
    { name: 'street', also: ['address', 'endereco', 'direccion'], sample: 'Rua das Flores' },
    { name: 'number', also: ['num', 'nro'], sample: '100' },
    { name: 'complement', sample: '' },
    { name: 'district', sample: 'Centro' },
    { name: 'city', sample: 'Capital' },
    { name: 'state', also: ['uf', 'province'], sample: states ? 'SP' : '' },
  ]
}

async function read(
  cells: Cells,
  tenant: Tenant
): Promise<{ row: CustomerRow } | { problems: LineProblem[] }> {
  const upper = (text?: string) => text?.toUpperCase()
  const state = addressForm(tenant.country).states ? upper(cells.state) : cells.state
  const typed = { ...cells, state, tax_id_kind: upper(cells.tax_id_kind) }
  const form = await readLineWith(newCustomerValidator, typed, tenant)
  if ('problems' in form) return form
  const { tax_id: taxId, tax_id_kind: kind } = form.values
  return {
    row: {
      given: customerFromImport(form.values),
      taxId: readPayerTaxId(taxId, tenant.country, kind)!,
    },
  }
}

const keyOf = ({ taxId }: CustomerRow, { id }: Tenant) => taxIdIndex(id, taxId)

async function judge(rows: CustomerRow[], { tenant }: JudgeContext) {
  const keys = rows.map((row) => keyOf(row, tenant))
  const known = await Customer.query()
    .where('tenant_id', tenant.id)
    .whereIn('tax_id_index', keys)
    .select('tax_id_index')
  const indexes = new Set(known.map((customer) => customer.taxIdIndex))
  return keys.map((key) => ({ isKnown: indexes.has(key) }))
}

/** By tax id: who is new is made, who is known is updated or skipped, as was chosen. */
async function apply(
  trx: Trx,
  rows: CustomerRow[],
  { tenant, options: { existing } }: ApplyContext<CustomersOptions>
): Promise<Applied[]> {
  const keys = rows.map((row) => keyOf(row, tenant))
  const found = await Customer.query({ client: trx })
    .where('tenant_id', tenant.id)
    .whereIn('tax_id_index', keys)
    .forUpdate()
  const known = new Map(found.map((customer) => [customer.taxIdIndex!, customer]))
  const plan = rows.map((row, at): WrittenCustomer & { outcome: Applied } => {
    const customer = known.get(keys[at])
    const outcome = !customer ? 'created' : existing === 'skip' ? 'skipped' : 'updated'
    return { ...row, customer, outcome }
  })
  await writeCustomers(
    trx,
    tenant,
    plan.filter(({ outcome }) => outcome !== 'skipped')
  )
  return plan.map(({ outcome }) => outcome)
}

export const customersImport: ImportKind<CustomerRow, typeof options> = {
  ...{
    name: 'customers',
    roles: ['owner', 'manager'],
    columns,
    read,
    keyOf,
    judge,
    options,
    apply,
  },
}
