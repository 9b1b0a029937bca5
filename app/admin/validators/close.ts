import vine from '@vinejs/vine'

export const closeListValidator = vine.create({
  after: vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_[A-Z]{3}$/)
    .optional(),
  /** To run every check of the ledger now. */
  verify: vine.boolean().optional(),
})
