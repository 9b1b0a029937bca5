import vine from '@vinejs/vine'

/** No more than a password manager makes: hashing a megabyte is work for nothing. */
export const MAX_PASSWORD = 256

export const loginValidator = vine.create({
  email: vine.string().trim().toLowerCase().maxLength(254),
  password: vine.string().maxLength(MAX_PASSWORD),
})
