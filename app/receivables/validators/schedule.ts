import vine from '@vinejs/vine'
import { parseAmount } from '#app/core/money_text'
import { chargeMethods } from '#app/gateway/sites'
import { scheduleUnits } from '#app/receivables/schedules/due_dates'
import { customerSearch } from './customer.js'
import { isAmount, isCalendarDate, isNotFar, isNotPast, type FormMeta } from './rules.js'

const date = () => vine.string().trim().maxLength(10).use(isCalendarDate())
const whole = () => vine.number().withoutDecimals()

export const scheduleValidator = vine.withMetaData<FormMeta>().create({
  customer_id: vine.string().uuid(),
  store_id: vine.string().uuid(),
  description: vine.string().trim().minLength(2).maxLength(160),
  amount: vine
    .string()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta }) => parseAmount(text, meta.currency, meta.locale)!),
  every: whole().range([1, 60]),
  unit: vine.enum(scheduleUnits),
  first_due_on: date().use(isNotPast()).use(isNotFar()),
  month_end: vine.accepted().optional(),
  total: whole().range([1, 600]).optional(),
  last_due_on: date().optional(),
  grace_days: whole().range([0, 29]).optional(),
  lead_days: whole().range([0, 60]).optional(),
  methods: vine.array(vine.enum(chargeMethods)).distinct().optional(),
  mail: vine.accepted().optional(),
})

export type ScheduleForm = Awaited<ReturnType<typeof scheduleValidator.validate>>

export const newScheduleValidator = vine.create({
  customer: vine.string().uuid().optional(),
  ...customerSearch,
})

export const schedulePageValidator = vine.create({ after: vine.string().uuid().optional() })

export const scheduleStateValidator = vine.create({
  state: vine.enum(['active', 'paused', 'ended']),
})
