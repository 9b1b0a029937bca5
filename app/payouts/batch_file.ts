import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'
import { toDecimal } from '#app/core/money'
import type { DestinationDetails } from '#app/payouts/destination_details'
import type Payout from '#app/payouts/models/payout'

export const batchColumns = [
  'reference',
  'amount',
  'currency',
  'key_kind',
  'pix_key',
  'bank',
  'branch',
  'account',
  'holder_name',
  'holder_tax_id',
] as const

export interface Transfer {
  payout: Payout
  details: DestinationDetails
  /** Digits and capitals only. */
  taxId: string
  legalName: string
}

/** A line for each transfer; whatever a tenant typed is guarded against being run as a formula. */
export const batchFile = (transfers: Transfer[]): string =>
  BYTE_ORDER_MARK + csvText([...batchColumns]) + transfers.map(lineOf).join('')

function lineOf({ payout, details, taxId, legalName }: Transfer): string {
  const head = [payout.reference, toDecimal(payout), payout.currency]
  if (details.kind === 'bank_account') {
    const { bank, branch, account, holderName } = details
    return csvText([...head, '', '', bank, branch, account, holderName, taxId])
  }
  const { keyKind, key } = details
  const tail = ['', '', '', legalName, taxId]
  if (keyKind !== 'phone') return csvText([...head, keyKind, key, ...tail])
  // "+55…" is no formula, and a bank takes it only as it is.
  return `${cells([...head, keyKind])};${key};${csvText(tail)}`
}

const cells = (values: string[]) => csvText(values).trimEnd()
