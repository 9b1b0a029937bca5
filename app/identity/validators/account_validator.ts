import vine from '@vinejs/vine'
import { MAX_PASSWORD, MIN_PASSWORD } from '#app/core/forms/password_limits'
import { LOCALES } from '#app/core/http/reader'
import { timeZones } from '#app/core/time_zones'

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
    .minLength(MIN_PASSWORD)
    .maxLength(MAX_PASSWORD)
    .confirmed({ as: 'newPasswordConfirmation' })
    .notSameAs('currentPassword'),
})
