export type PayoutStatus =
  | 'new'
  | 'in_process'
  | 'partially_processed'
  | 'processed'
  | 'failed'
  | 'reverted'
  | 'partially_reverted'

/** Money sent away over the API: times in ms since 1970, amounts in minor units. */
export interface Payout {
  id: string
  accountId: number
  clientId: string
  siteId: string
  currencyId: string
  status: PayoutStatus
  statusDetail: string
  amountMinor: number
  /** What sending it costs, besides. */
  feeMinor: number
  returnedMinor: number
  externalReference: string | null
  notificationUrl: string | null
  /** The receiving account as it was asked for, to be answered again. */
  destination: Record<string, unknown>
  createdAt: number
  updatedAt: number
  /** When it is processed without anybody's doing. */
  dueAt: number | null
}

const OPEN: PayoutStatus[] = ['new', 'in_process', 'partially_processed']

/** Its money has left the account, and has not arrived yet. */
export function isOpen(payout: Payout): boolean {
  return OPEN.includes(payout.status)
}
