import vine from '@vinejs/vine'
import { LOCALES } from '#app/core/http/reader'
import { timeZones } from '#app/core/time_zones'

export const storeValidator = vine.create({
  name: vine.string().trim().minLength(2).maxLength(120),
})

export const settingsValidator = vine.create({
  tradeName: vine.string().trim().minLength(2).maxLength(120),
  locale: vine.enum(LOCALES),
  timeZone: vine.enum(timeZones),
  automaticPayouts: vine.boolean().optional(),
})
