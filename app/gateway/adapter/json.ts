import { DateTime } from 'luxon'

/** Careful readers of the provider's JSON: what is missing or of another type is null, not a crash. */
export type Json = Record<string, unknown>

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : [])

export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** Ids come as numbers or strings; here they become decimal text, once. */
export function idText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  return text(value)
}

/** Any offset in, UTC out. */
export function instant(value: unknown): DateTime | null {
  const read = DateTime.fromISO(text(value) ?? '', { zone: 'utc' })
  return read.isValid ? read : null
}

/** Only what a browser may safely follow: the address is shown as a link. */
export function webAddress(value: unknown): string | null {
  const url = URL.parse(text(value) ?? '')
  return url && ['https:', 'http:'].includes(url.protocol) ? url.href : null
}

/** @throws TypeError */
export function required<Value>(value: Value | null, name: string): Value {
  if (value === null) throw new TypeError(`${name} is missing`)
  return value
}
