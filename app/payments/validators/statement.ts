import vine from '@vinejs/vine'
import { DateTime } from 'luxon'
import { filterDay } from '#app/core/periods'
import { paymentTypes } from '#app/payments/payment_types'
import { buckets, statementKinds } from '#app/payments/statement_kinds'

const isCursor = vine.createRule((value, _, field) => {
  const [, at] = /^(\S{24})_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(String(value)) ?? []
  if (!at || !DateTime.fromISO(at).isValid) field.report('The page is unknown', 'cursor', field)
})

export const statementValidator = vine.create({
  from: filterDay(),
  until: filterDay(),
  kind: vine.enum(statementKinds).optional(),
  bucket: vine.enum(buckets).optional(),
  store: vine.string().uuid().optional(),
  type: vine.enum(paymentTypes).optional(),
  after: vine.string().use(isCursor()).optional(),
})
