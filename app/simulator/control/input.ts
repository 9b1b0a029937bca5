import { jsonBody, type Call } from '../http/call.js'
import { Problem } from './problem.js'

export type Input = Record<string, unknown>

/** The JSON object of a call, with no other names than `known`. Throws Problem, BodyNotJson. */
export function inputOf(call: Call, known: readonly string[]): Input {
  return checked(jsonBody(call), known, 'the body')
}

export function checked(value: unknown, known: readonly string[], what: string): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem(400, `${what} must be a JSON object`)
  }
  const wrong = Object.keys(value).find((name) => !known.includes(name))
  if (wrong) throw new Problem(400, `${wrong} is unknown in ${what}; known: ${known.join(', ')}`)
  return value as Input
}

/** Undefined when absent or null. Throws Problem. */
export function integer(input: Input, name: string, min: number, max = 1e15): number | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (!Number.isSafeInteger(value) || (value as number) < min || (value as number) > max) {
    throw new Problem(400, `${name} must be an integer from ${min} to ${max}`)
  }
  return value as number
}

export function number(input: Input, name: string): number | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Problem(400, `${name} must be a number`)
  }
  return value
}

export function boolean(input: Input, name: string): boolean | undefined {
  const value = input[name]
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined
  throw new Problem(400, `${name} must be true or false`)
}

export function text(input: Input, name: string): string | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value === '') {
    throw new Problem(400, `${name} must be a non-empty string`)
  }
  return value
}

export function oneOf<T extends string>(
  input: Input,
  name: string,
  choices: readonly T[]
): T | undefined {
  const value = text(input, name)
  if (value === undefined || choices.includes(value as T)) return value as T | undefined
  throw new Problem(400, `${name} must be one of ${choices.join(', ')}`)
}

export function url(input: Input, name: string): string | undefined {
  const value = text(input, name)
  if (value === undefined) return undefined
  if (!URL.canParse(value) || !/^https?:/.test(value)) {
    throw new Problem(400, `${name} must be an http or https address`)
  }
  return value
}

/** A whole number of the query string. Throws Problem. */
export function queryInteger(call: Call, name: string, fallback: number, max: number): number {
  const value = call.query.get(name)
  if (value === null) return fallback
  if (!/^\d{1,15}$/.test(value)) throw new Problem(400, `${name} must be a whole number`)
  return Math.min(Number(value), max)
}
