import vine from '@vinejs/vine'

export const brandValidator = vine.create({
  brand_color: vine
    .string()
    .trim()
    .regex(/^#[0-9a-f]{6}$/i)
    .transform((color) => color.toLowerCase())
    .optional(),
  contact_email: vine.string().trim().maxLength(254).email().optional(),
  contact_phone: vine
    .string()
    .trim()
    .maxLength(32)
    .regex(/^\+?[\d ()-]{6,}$/)
    .optional(),
})
