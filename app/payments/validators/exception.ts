import vine from '@vinejs/vine'
import { tenantKinds } from '#app/payments/models/exception_case'

const filters = {
  state: vine.enum(['open', 'resolved', 'all']).optional(),
  after: vine.string().uuid().optional(),
}

export const exceptionListValidator = vine.create({
  kind: vine.enum(tenantKinds).optional(),
  ...filters,
})

export const decisionValidator = vine.create({
  _key: vine.string(),
  decision: vine.enum(['waived', 'left_open', 'kept']),
})

export const noteValidator = vine.create({
  _key: vine.string(),
  text: vine.string().trim().minLength(1).maxLength(500),
})
