import type { Account } from '../store/accounts.js'
import { siteOf } from '../store/accounts.js'
import { issueBoleto } from './boleto.js'
import type { Payment } from './payment.js'
import type { PaymentRequest } from './payment_request.js'
import { issuePix } from './pix.js'
import { issueTransfer, issueVoucher } from './voucher.js'

const PENDING_DETAILS = {
  boleto: 'pending_waiting_payment',
  voucher: 'pending_waiting_payment',
  pix: 'pending_waiting_transfer',
  transfer: 'pending_waiting_transfer',
  card: 'pending_contingency',
} as const

export function pendingDetailOf({ method }: PaymentRequest): string {
  return PENDING_DETAILS[method.form]
}

/** What the payer pays with: one of the four, or none for a card. */
export function issue(
  id: number,
  account: Account,
  request: PaymentRequest
): Pick<Payment, 'boleto' | 'pix' | 'voucher' | 'transfer'> {
  const { method, amountMinor, expiresAt, institution } = request
  const { utcOffsetHours } = siteOf(account)
  const none = { boleto: null, pix: null, voucher: null, transfer: null }
  switch (method.form) {
    case 'boleto':
      return { ...none, boleto: issueBoleto(id, amountMinor, expiresAt!, utcOffsetHours) }
    case 'pix': {
      const pix = issuePix(id, amountMinor, { nickname: account.nickname, key: account.email })
      return { ...none, pix }
    }
    case 'voucher':
      return { ...none, voucher: issueVoucher(id, method.id, amountMinor) }
    case 'transfer':
      return { ...none, transfer: issueTransfer(id, institution) }
    default:
      return none
  }
}
