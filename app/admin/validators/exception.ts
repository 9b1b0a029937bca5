import vine from '@vinejs/vine'
import { exceptionKinds } from '#app/payments/models/exception_case'

export const exceptionListValidator = vine.create({
  state: vine.enum(['open', 'resolved']).optional(),
  kind: vine.enum(exceptionKinds).optional(),
  after: vine.string().uuid().optional(),
})

export const exceptionSearchValidator = vine.create({
  q: vine.string().trim().maxLength(120).optional(),
})

export const exceptionDecisionValidator = vine.create({
  _key: vine.string(),
  decision: vine.enum(['own_money', 'acknowledged']),
})

export const exceptionLinkValidator = vine.create({
  _key: vine.string(),
  receivable: vine.string().uuid(),
})

export const exceptionNoteValidator = vine.create({
  _key: vine.string(),
  text: vine.string().trim().minLength(1).maxLength(500),
})
