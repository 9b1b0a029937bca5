import type { I18n } from '@adonisjs/i18n'
import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'
import { amountInput } from '#app/core/money_text'
import type { FeeTotals } from '#app/payments/queries/fee_statement'

const amounts = ['base', 'fee', 'base_returned', 'fee_returned', 'net'] as const

/** What a fee statement's file has in a row, after whatever says whose row it is. */
export function feeCsv(
  i18n: I18n,
  locale: string,
  about: readonly string[],
  rows: { about: string[]; totals: FeeTotals; currency: string }[]
): string {
  const headings = [...about, ...amounts, 'currency'].map((name) => i18n.t(`fees.export.${name}`))
  const lines = rows.map(({ about: cells, totals, currency }) => {
    const amount = (amountMinor: number) => amountInput({ amountMinor, currency }, locale)
    const { baseMinor, feeMinor, baseReturnedMinor, feeReturnedMinor, netMinor } = totals
    const values = [baseMinor, feeMinor, baseReturnedMinor, feeReturnedMinor, netMinor]
    return csvText([...cells, ...values.map(amount), currency])
  })
  return BYTE_ORDER_MARK + [csvText(headings), ...lines].join('')
}
