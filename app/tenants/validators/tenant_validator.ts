import vine from '@vinejs/vine'
import { LOCALES } from '#app/core/http/reader'
import { timeZones } from '#app/core/time_zones'
import { cleanDescriptor, MAX_DESCRIPTOR } from '#app/tenants/statement_descriptor'

export const storeValidator = vine.create({
  name: vine.string().trim().minLength(2).maxLength(120),
})

export const settingsValidator = vine.create({
  tradeName: vine.string().trim().minLength(2).maxLength(120),
  // Empty once cleaned: made from the trade name again.
  statementDescriptor: vine
    .string()
    .maxLength(MAX_DESCRIPTOR)
    .transform((text) => cleanDescriptor(text) || null)
    .optional(),
  locale: vine.enum(LOCALES),
  timeZone: vine.enum(timeZones),
})

export const digestValidator = vine.create({ digest: vine.boolean().optional() })
