import vine from '@vinejs/vine'
import { readPercent } from '#app/core/percent_text'
import { isCalendarDate, isPercent, type FormMeta } from './rules.js'

const percent = () =>
  vine
    .string()
    .trim()
    .maxLength(8)
    .use(isPercent())
    .transform((text) => {
      const read = readPercent(text)
      return read === '0.00' ? null : read
    })
    .optional()

export const termsFields = () => ({
  fine: percent(),
  interest: percent(),
  discount: percent(),
  discount_until: vine.string().trim().maxLength(10).use(isCalendarDate()).optional(),
})

export const termsValidator = vine.withMetaData<FormMeta>().create(termsFields())

export type TermsForm = Awaited<ReturnType<typeof termsValidator.validate>>
