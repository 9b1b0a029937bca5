import { DAY_MS } from '../time.js'

/** Mercado Pago's words; `recycling` is being tried again. */
export type InvoiceStatus =
  'scheduled' | 'processed' | 'recycling' | 'waiting_for_gateway' | 'cancelled'

/** One instalment, which the API calls an authorized payment. Times in ms since 1970. */
export interface Invoice {
  id: number
  preapprovalId: string
  accountId: number
  payerId: number
  /** The first one is number 0. */
  sequence: number
  status: InvoiceStatus
  amountMinor: number
  /** Copies, as they were when it fell due. */
  reason: string
  externalReference: string | null
  /** When it is collected, from which the tries are counted. */
  debitAt: number
  /** When it is tried next; null if it is not. */
  nextTryAt: number | null
  attempts: number
  /** Of the latest try. */
  paymentId: number | null
  version: number
  createdAt: number
  updatedAt: number
}

/** Four tries within ten days, counted from the first. */
const TRIES_AFTER_DAYS = [0, 3, 6, 9]

/** When to try again, or null when that was the last time. */
export function nextTry({ attempts, debitAt }: Invoice, now: number): number | null {
  const left = TRIES_AFTER_DAYS.slice(attempts).map((days) => debitAt + days * DAY_MS)
  return left.find((at) => at > now) ?? null
}
