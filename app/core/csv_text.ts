/** What a spreadsheet would run as a formula is made a text: the file may hold what others typed. */
const FORMULA = /^[=+\-@\t\r]/
/** An amount below zero begins like a formula and is none. */
const NUMBER = /^-\d+(?:[.,]\d+)?$/

const cell = (value: string) => {
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
  return /["\r\n;,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Excel reads UTF-8 only with this in front. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** A line with semicolons, which Excel takes as columns wherever the comma divides decimals. */
export const csvText = (values: string[]): string => `${values.map(cell).join(';')}\r\n`
