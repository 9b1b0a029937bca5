/**
 * What names a payout at the bank: 32 letters and digits, as Pix allows, and one of a kind, since
 * it is the payout's id without its hyphens.
 */
export const transferReference = (payoutId: string): string =>
  payoutId.replaceAll('-', '').toUpperCase()

/** The payout that a bank's file means; null when the text is no reference of ours. */
export function payoutOfReference(text: string): string | null {
  const hex = text.trim().toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(hex)) return null
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
