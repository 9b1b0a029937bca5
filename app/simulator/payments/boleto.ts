import { calendarDay } from '../time.js'
import type { Boleto } from './payment.js'

const BANK = '237'
const CURRENCY = '9'
const AGENCY = '3380'
const PORTFOLIO = '26'
const BENEFICIARY = '0063333'

/** Calendar day of 1997-10-07, day zero of the due factor. */
const FACTOR_EPOCH_DAY = 10_141

/** Days since 1997-10-07; after 9999 (2025-02-21) the four digits begin again at 1000. */
export function dueFactor(day: number): string {
  const days = day - FACTOR_EPOCH_DAY
  const factor = days <= 9999 ? days : ((days - 1000) % 9000) + 1000
  return String(factor).padStart(4, '0')
}

/** Luhn's sum as banks use it: weights 2 and 1 from the right, digits of products added. */
export function mod10(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (product > 9 ? product - 9 : product)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}

/** Weights 2 to 9 from the right; 0, 10 and 11 are written as 1. */
export function mod11(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (2 + (index % 8)), 0)
  const digit = 11 - (sum % 11)
  return digit > 9 ? '1' : String(digit)
}

/** 44 digits: bank, currency, check digit, due factor, ten digits of amount, free field. */
export function barcodeOf(freeField: string, amountMinor: number, dueDay: number): string {
  const tail = dueFactor(dueDay) + String(amountMinor).padStart(10, '0') + freeField
  const head = BANK + CURRENCY
  return head + mod11(head + tail) + tail
}

/** 47 digits for typing: three blocks of the free field with a check digit each, then the rest. */
export function digitableLineOf(barcode: string): string {
  const free = barcode.slice(19)
  const blocks = [barcode.slice(0, 4) + free.slice(0, 5), free.slice(5, 15), free.slice(15, 25)]
  const checked = blocks.map((block) => block + mod10(block)).join('')
  return checked + barcode[4] + barcode.slice(5, 19)
}

/** The barcode that a typed line stands for, or null if it is no such line. */
export function barcodeOfLine(typed: string): string | null {
  const line = typed.replace(/\D/g, '')
  if (line.length === 44) return line
  if (line.length !== 47) return null
  const free = line.slice(4, 9) + line.slice(10, 20) + line.slice(21, 31)
  const barcode = line.slice(0, 4) + line.slice(32, 33) + line.slice(33) + free
  return digitableLineOf(barcode) === line ? barcode : null
}

export function issueBoleto(
  paymentId: number,
  amountMinor: number,
  expiresAt: number,
  utcOffsetHours: number
): Boleto {
  const ourNumber = String(paymentId).slice(-11).padStart(11, '0')
  const freeField = `${AGENCY}${PORTFOLIO}${ourNumber}${BENEFICIARY}0`
  const barcode = barcodeOf(freeField, amountMinor, calendarDay(expiresAt, utcOffsetHours))
  return {
    barcode,
    digitableLine: digitableLineOf(barcode),
    reference: ourNumber.slice(1),
    verificationCode: ourNumber.slice(1, 10) + mod10(ourNumber),
  }
}
