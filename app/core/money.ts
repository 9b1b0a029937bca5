import { dinero, halfAwayFromZero, multiply, toSnapshot, transformScale } from 'dinero.js/bigint'
import { currency } from '#app/core/currencies'

/** An amount in the currency's minor unit. Never a float, never without its currency. */
export interface Money {
  amountMinor: number
  currency: string
}

/** The largest amount that the product handles: below 2^53 even after sums of thousands. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000

/** @throws RangeError when the value is no safe integer. */
export function assertMinor(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not an amount in minor units: ${value}`)
  return value === 0 ? 0 : value
}

/** @throws RangeError when the sum leaves the safe integers. */
export const sumMinor = (amounts: Iterable<number>): number => {
  let total = 0
  for (const amount of amounts) total = assertMinor(total + assertMinor(amount))
  return total
}

const asBigDinero = (amountMinor: number) =>
  dinero({
    amount: BigInt(assertMinor(amountMinor)),
    currency: { code: 'XXX', base: 10n, exponent: 0n },
  })

/**
 * A percentage of an amount, rounded half away from zero to the minor unit.
 * @param points basis points: 100 are one percent.
 */
export function percentOf(amountMinor: number, points: number): number {
  const scaled = multiply(asBigDinero(amountMinor), { amount: BigInt(points), scale: 4n })
  return assertMinor(Number(toSnapshot(transformScale(scaled, 0n, halfAwayFromZero)).amount))
}

/** `value × part ÷ whole`, rounded half away from zero; exact whatever the product's size. */
export function proportion(valueMinor: number, part: number, whole: number): number {
  if (whole === 0) return 0
  const product = BigInt(assertMinor(valueMinor)) * BigInt(assertMinor(part))
  const divisor = BigInt(assertMinor(whole))
  const negative = product < 0n !== divisor < 0n
  const [numerator, denominator] = [
    product < 0n ? -product : product,
    divisor < 0n ? -divisor : divisor,
  ]
  const rounded = (numerator * 2n + denominator) / (denominator * 2n)
  return assertMinor(Number(negative ? -rounded : rounded))
}

/** "1.00" percent → 100 basis points. @throws RangeError when it is no percentage of two places. */
export function basisPoints(percent: string): number {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent)
  const points = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : -1
  if (points < 0 || points > 10_000)
    throw new RangeError(`Not a percentage: ${percent.slice(0, 12)}`)
  return points
}

/** 100 basis points → "1.00". */
export const percentText = (points: number): string =>
  `${Math.trunc(points / 100)}.${String(points % 100).padStart(2, '0')}`

/** 15000 BRL → "150.00"; what Mercado Pago's JSON numbers and our CSV files are made from. */
export function toDecimal({ amountMinor, currency: code }: Money): string {
  const { exponent } = currency(code)
  const sign = assertMinor(amountMinor) < 0 ? '-' : ''
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0')
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/**
 * "150.00", "150", 150 or 150.1 → 15000, 15000, 15000, 15010 (BRL).
 * Reads the shortest decimal text of a JSON number, so no binary fraction is ever multiplied.
 * @throws RangeError when there are more decimals than the currency has, or it is no number.
 */
export function fromDecimal(value: string | number, code: string): number {
  const { exponent } = currency(code)
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value))
  const decimals = (match?.[3] ?? '').replace(/0+$/, '')
  if (!match || decimals.length > exponent) {
    throw new RangeError(`Not an amount in ${code}: ${String(value).slice(0, 24)}`)
  }
  const minor = Number(match[2] + decimals.padEnd(exponent, '0'))
  return assertMinor(match[1] ? -minor : minor)
}
