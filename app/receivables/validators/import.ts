import vine from '@vinejs/vine'

/** `after`: the last bad line of the page before. */
export const importPageValidator = vine.create({
  after: vine.number().withoutDecimals().range([0, 1_000_000_000]).optional(),
})
