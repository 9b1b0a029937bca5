import vine from '@vinejs/vine'
import { LOCALES } from '#app/core/http/reader'
import { timeZones } from '#app/core/time_zones'
import { MAX_PASSWORD } from '#app/identity/validators/login_validator'

export const localeValidator = vine.create({ locale: vine.enum(LOCALES) })

export const profileValidator = vine.create({
  fullName: vine.string().trim().minLength(2).maxLength(120),
  locale: vine.enum(LOCALES),
  timeZone: vine.enum(timeZones),
})

export const passwordValidator = vine.create({
  currentPassword: vine.string().maxLength(MAX_PASSWORD),
  newPassword: vine
    .string()
    .minLength(12)
    .maxLength(MAX_PASSWORD)
    .confirmed({ as: 'newPasswordConfirmation' })
    .notSameAs('currentPassword'),
})
