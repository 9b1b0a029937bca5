import { Refusal } from '../api/refusal.js'

/** Preferences and merchant orders name what is wrong in `error`; few have a numeric cause as well. */
export class NamedRefusal extends Refusal {
  constructor(error: string, message: string, status = 400, cause: unknown = null) {
    super(status, { message, error, status, cause })
  }
}

/** `string`, `array`, `null` and so on: how refusals call what they were sent. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : typeof value
}

/** Neither sent nor meant. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

/** Empty when absent. Throws NamedRefusal with the given name. */
export function shortText(error: string, name: string, value: unknown, max: number): string {
  if (isAbsent(value)) return ''
  if (typeof value !== 'string') throw new NamedRefusal(error, `${name} invalid. Wrong format`)
  if (value.length > max) throw new NamedRefusal(error, `${name} invalid. Max length ${max}`)
  return value
}
