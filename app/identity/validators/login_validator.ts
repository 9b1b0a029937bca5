import vine from '@vinejs/vine'
import { MAX_PASSWORD } from '#app/core/forms/password_limits'

export const loginValidator = vine.create({
  email: vine.string().trim().toLowerCase().maxLength(254),
  password: vine.string().maxLength(MAX_PASSWORD),
})
