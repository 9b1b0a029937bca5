import vine from '@vinejs/vine'
import { mergeFields, type MergeField } from '#app/receivables/actions/merge_customers'
import { customerSearch } from './customer.js'

export const mergeSearchValidator = vine.create({
  ...customerSearch,
  with: vine.string().uuid().optional(),
})

const source = () => vine.enum(['kept', 'other'])
const sources = Object.fromEntries(mergeFields.map((field) => [field, source()])) as Record<
  MergeField,
  ReturnType<typeof source>
>

/** `from`: for each field, of which of the two customers it is. */
export const mergeValidator = vine.create({
  _key: vine.string(),
  other: vine.string().uuid(),
  from: vine.object(sources),
})
