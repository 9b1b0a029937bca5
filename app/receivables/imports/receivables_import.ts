import vine from '@vinejs/vine'
import { mailsAreSent } from '#config/mail'
import { DomainError } from '#app/core/errors'
import { parseAmount } from '#app/core/money_text'
import { readPayerTaxId, type TaxId } from '#app/core/tax_ids'
import { blindIndex } from '#app/core/vault'
import { chargeMethods } from '#app/gateway/sites'
import { customersImport } from '#app/receivables/imports/customers_import'
import { plainAmount, plainDate } from '#app/receivables/imports/file_values'
import type {
  Cells,
  ImportColumn,
  ImportKind,
  LineProblem,
} from '#app/receivables/imports/import_kind'
import { judgeReceivables } from '#app/receivables/imports/judge_receivables'
import { readLineWith } from '#app/receivables/imports/read_line'
import type { customerFromImport } from '#app/receivables/imports/write_customers'
import { writeReceivables } from '#app/receivables/imports/write_receivables'
import { checkPayUntil } from '#app/receivables/issue_day'
import { ratesOfWays } from '#app/receivables/queries/ways_to_offer'
import { chosenTerms, takesTerms, type Terms } from '#app/receivables/terms'
import { taxIdFields } from '#app/receivables/validators/customer'
import {
  isAmount,
  isCalendarDate,
  isNotFar,
  isPrintable,
  type FormMeta,
} from '#app/receivables/validators/rules'
import { termsFields } from '#app/receivables/validators/terms'
import type Tenant from '#app/tenants/models/tenant'

const options = vine.create({
  methods: vine.array(vine.enum(chargeMethods)).distinct().optional(),
  mail: vine.accepted().optional(),
})

export type ReceivablesOptions = Awaited<ReturnType<typeof options.validate>>

/** What a line says of a receivable. */
export interface ReceivableRow {
  reference: string | null
  /** A fingerprint of what is owed, where the line has no reference. */
  importKey: string | null
  taxId: TaxId
  description: string
  amountMinor: number
  dueOn: string
  payUntil: string
  terms: Terms
  /** Its name as in the file; null is the usual one. */
  store: string | null
  /** Who is made when nobody has the tax id; null when the line does not say. */
  customer: ReturnType<typeof customerFromImport> | null
  /** What is wrong with those fields: it matters only when somebody is to be made. */
  customerProblems: LineProblem[]
  /** Found out by the dry run. */
  storeId?: string
  customerId?: string | null
}

const date = () => vine.string().trim().maxLength(10).use(isCalendarDate()).use(isNotFar())

/** Days that are over are told later, as a line that is there already may be of any age. */
const lineValidator = vine.withMetaData<FormMeta>().create({
  ...taxIdFields,
  reference: vine.string().trim().maxLength(64).use(isPrintable()).optional(),
  store: vine.string().trim().maxLength(120).optional(),
  description: vine.string().trim().minLength(2).maxLength(200),
  amount: vine
    .string()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta }) => parseAmount(text, meta.currency, meta.locale)!),
  due_on: date(),
  pay_until: date().optional(),
  ...termsFields(),
})

const customerParts = ['name', 'email', 'phone', 'contact', 'entity_type', 'language'] as const

function columns(tenant: Tenant): ImportColumn[] {
  const ofCustomer = customersImport.columns(tenant).map((column) => ({
    ...column,
    required: column.name === 'tax_id' || column.name === 'tax_id_kind',
  }))
  const taxId = ofCustomer.filter(({ required }) => required)
  return [
    { name: 'reference', also: ['referencia', 'id', 'invoice', 'nota fiscal'], sample: 'NF-1001' },
    ...taxId,
    { name: 'description', required: true, also: ['historico', 'concepto'], sample: 'Perfume' },
    { name: 'amount', required: true, also: ['total', 'value'], sample: sampleAmount(tenant) },
    { name: 'due_on', required: true, also: ['due', 'venc', 'vence'], sample: '31/12/2026' },
    { name: 'pay_until', sample: '' },
    { name: 'store', also: ['filial', 'tienda', 'branch'], sample: '' },
    ...(takesTerms(tenant)
      ? ['fine', 'interest', 'discount', 'discount_until'].map((name) => ({ name, sample: '' }))
      : []),
    ...ofCustomer.filter(({ required }) => !required),
  ]
}

const sampleAmount = ({ currency }: Tenant) => (currency === 'CLP' ? '150000' : '150,00')

async function read(
  cells: Cells,
  tenant: Tenant
): Promise<{ row: ReceivableRow } | { problems: LineProblem[] }> {
  const line = await readLineWith(lineValidator, typedOf(cells, tenant), tenant)
  if ('problems' in line) return line
  const { values } = line
  const payUntil = values.pay_until ?? values.due_on
  const problem = dateProblem(values.due_on, payUntil)
  if (problem) return { problems: [problem] }
  const row = {
    ...{ reference: values.reference ?? null, importKey: null, store: values.store ?? null },
    taxId: readPayerTaxId(values.tax_id, tenant.country, values.tax_id_kind)!,
    ...{ description: values.description, amountMinor: values.amount },
    ...{ dueOn: values.due_on, payUntil, terms: chosenTerms(values, values.due_on) },
    ...(await customerOf(cells, tenant)),
  }
  return { row: row.reference ? row : { ...row, importKey: keyOf(row, tenant) } }
}

/** As the rules of the forms know them. */
function typedOf(cells: Cells, { currency }: Tenant): Partial<Cells> {
  const typed: Partial<Cells> = { ...cells, tax_id_kind: cells.tax_id_kind?.toUpperCase() }
  if (cells.amount) typed.amount = plainAmount(cells.amount, currency)
  for (const name of ['due_on', 'pay_until', 'discount_until']) {
    if (cells[name]) typed[name] = plainDate(cells[name])
  }
  return typed
}

function dateProblem(dueOn: string, payUntil: string): LineProblem | null {
  try {
    checkPayUntil(dueOn, payUntil)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { column: 'pay_until', rule: error.key, params: error.params }
  }
}

/** Read with the rules of a customers' file. */
async function customerOf(cells: Cells, tenant: Tenant) {
  const isTold = customerParts.some((name) => cells[name])
  if (!isTold) return { customer: null, customerProblems: [] }
  const told = await customersImport.read(cells, tenant)
  return 'problems' in told
    ? { customer: null, customerProblems: told.problems }
    : { customer: told.row.given, customerProblems: [] }
}

/** The reference, or else what is owed: the customer's other data may change from file to file. */
function keyOf(row: Omit<ReceivableRow, 'importKey'>, { id }: Tenant): string {
  const { reference, taxId, description, amountMinor, dueOn, payUntil, terms, store } = row
  const content = reference
    ? ['reference', reference]
    : [taxId.kind, taxId.digits, description, amountMinor, dueOn, payUntil, terms, store]
  return blindIndex(JSON.stringify(content), `imports.receivables:${id}`)
}

/** What can be offered, chosen when the file is confirmed. */
async function choices(tenant: Tenant) {
  const offer = await ratesOfWays(tenant)
  return { methods: offer?.ways.map(({ method }) => method) ?? [], mailsAreSent }
}

export const receivablesImport: ImportKind<ReceivableRow, typeof options> = {
  name: 'receivables',
  roles: ['owner', 'manager', 'cashier'],
  notes: ['values', 'reference', 'customers', 'store'],
  columns,
  read,
  keyOf,
  judge: judgeReceivables,
  doubledRule: 'doubled_receivable',
  options,
  choices,
  apply: writeReceivables,
}
