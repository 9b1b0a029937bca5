import vine from '@vinejs/vine'
import { parseAmount } from '#app/core/money_text'
import { chargeMethods } from '#app/gateway/sites'
import { listFilters } from '#app/receivables/queries/receivable_list'
import { customerSearch } from './customer.js'
import { termsFields } from './terms.js'
import { isAmount, isCalendarDate, isNotFar, isNotPast, type FormMeta } from './rules.js'

const date = () => vine.string().trim().maxLength(10).use(isCalendarDate())

export const receivableValidator = vine.withMetaData<FormMeta>().create({
  customer_id: vine.string().uuid(),
  store_id: vine.string().uuid(),
  description: vine.string().trim().minLength(2).maxLength(200),
  amount: vine
    .string()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta }) => parseAmount(text, meta.currency, meta.locale)!),
  due_on: date().use(isNotPast()).use(isNotFar()),
  pay_until: date().use(isNotFar()).optional(),
  ...termsFields(),
})

export type ReceivableForm = Awaited<ReturnType<typeof receivableValidator.validate>>

export const chargeValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  methods: vine.array(vine.enum(chargeMethods)).minLength(1).distinct(),
  pay_until: date().optional(),
})

const filterDate = () =>
  vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()

export const listValidator = vine.create({
  state: vine.enum(listFilters).optional(),
  store: vine.string().uuid().optional(),
  customer: vine.string().uuid().optional(),
  q: vine.string().trim().maxLength(160).optional(),
  from: filterDate(),
  until: filterDate(),
  after: vine.string().uuid().optional(),
  after_due: filterDate(),
})

export type ListForm = Awaited<ReturnType<typeof listValidator.validate>>

export const newReceivableValidator = vine.create({
  customer: vine.string().uuid().optional(),
  ...customerSearch,
})
