import { mod10 } from './boleto.js'
import type { Transfer, Voucher } from './payment.js'

/** Those whose cashiers scan rather than type. */
const WITH_BARCODE = ['rapipago', 'pagofacil', 'oxxo', 'paycash', 'redpagos']

const COMPANY = '3335'

/** 34 digits: company, payment, amount, check digit of all that, and a zero to pair the digits. */
function barcodeOf(paymentId: number, amountMinor: number): string {
  const digits =
    COMPANY + String(paymentId).padStart(16, '0') + String(amountMinor).padStart(12, '0')
  return `${digits}${mod10(digits)}0`
}

/** What a cashier takes: the payment's own number with a check digit. */
export function issueVoucher(paymentId: number, methodId: string, amountMinor: number): Voucher {
  const code = `${paymentId}${mod10(String(paymentId))}`
  const barcode = WITH_BARCODE.includes(methodId) ? barcodeOf(paymentId, amountMinor) : null
  return { code, barcode, verificationCode: code.slice(-6) }
}

/** Paid on the page of a bank, where the payer logs in. */
export function issueTransfer(paymentId: number, institution: string | null): Transfer {
  return { institution, bankTransferId: paymentId % 1_000_000_000, transactionId: `${paymentId}` }
}
