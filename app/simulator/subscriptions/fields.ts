import { siteMinor, type Site } from '../data/sites.js'
import { subscriptionLimits } from '../data/subscription_limits.js'
import { fromMinor } from '../money.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { isOverlooked } from '../preferences/addresses.js'
import type { Account } from '../store/accounts.js'
import { parseZoned } from '../time.js'
import { FREQUENCY_TYPES, type Cycle } from './cycle.js'
import { invalid } from './subscription_refusal.js'

const MAX_FREQUENCY = 1000
const MAX_TEXT = 256

export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

/** Null when it is absent. Throws SubscriptionRefusal. */
export function readObject(body: Body, name: string): Body | null {
  const value = body[name]
  if (isMissing(value)) return null
  if (!isObject(value)) throw invalid('Parameters passed are invalid')
  return value
}

/** Numbers are taken as text, since references are often written so. Throws SubscriptionRefusal. */
export function readText(body: Body, name: string): string | null {
  const value = body[name]
  if (isMissing(value) || value === '') return null
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') throw invalid('Parameters passed are invalid')
  if (value.length > MAX_TEXT) throw invalid(`Invalid value for ${name}, is too long`)
  return value
}

/** Throws SubscriptionRefusal. */
export function required<Value>(value: Value | null, name: string): Value {
  if (value === null) throw invalid(`${name} is required`)
  return value
}

/** Only addresses that Mercado Pago would send a payer back to. Throws SubscriptionRefusal. */
export function readBackUrl(body: Body, account: Account): string | null {
  const text = readText(body, 'back_url')
  if (text === null) return null
  if (!/^https?:/.test(text) || !URL.canParse(text) || isOverlooked(text, account)) {
    throw invalid('Invalid value for back_url, must be a valid URL')
  }
  return text
}

/** Null when it is absent. Throws SubscriptionRefusal. */
export function readWhole(body: Body, name: string, min: number, max: number): number | null {
  const value = body[name]
  if (isMissing(value)) return null
  const isFit = Number.isInteger(value) && (value as number) >= min && (value as number) <= max
  if (!isFit) throw invalid(`Invalid value for ${name}, must be between ${min} and ${max}`)
  return value as number
}

/** Throws SubscriptionRefusal. */
export function readCycle(body: Body): Cycle {
  const frequency = required(readWhole(body, 'frequency', 1, MAX_FREQUENCY), 'frequency')
  const type = required(readText(body, 'frequency_type'), 'frequency_type')
  const frequencyType = FREQUENCY_TYPES.find((known) => known === type)
  if (!frequencyType) {
    throw invalid(
      `Invalid value for frequency_type, must be one of [${FREQUENCY_TYPES.join(', ')}]`
    )
  }
  return { frequency, frequencyType }
}

/** Throws SubscriptionRefusal. */
export function readTrial(recurring: Body): Cycle | null {
  const trial = readObject(recurring, 'free_trial')
  return trial && readCycle(trial)
}

/** Minor units. Throws SubscriptionRefusal. */
export function readAmount(recurring: Body, site: Site): number | null {
  const amount = recurring.transaction_amount
  if (isMissing(amount)) return null
  if (typeof amount !== 'number' || amount <= 0) {
    throw invalid('Invalid value for transaction amount, must be a positive number')
  }
  const minor = siteMinor(amount, site)
  if (minor === null) throw invalid('Invalid value for transaction amount')
  const { minMinor, maxMinor } = subscriptionLimits(site.id)
  const words = (limit: number) => `$ ${fromMinor(limit, site.decimals).toFixed(2)}`
  if (minor < minMinor) throw invalid(`Cannot pay an amount lower than ${words(minMinor)}`)
  if (minor > maxMinor) throw invalid(`Cannot pay an amount greater than ${words(maxMinor)}`)
  return minor
}

/** A seller charges in the currency of its country. Throws SubscriptionRefusal. */
export function checkCurrency(recurring: Body, site: Site): void {
  const currency = required(readText(recurring, 'currency_id'), 'auto_recurring.currency_id')
  if (currency !== site.currencyId) throw invalid('Invalid field -> auto_recurring.currency_id')
}

/** Ms since 1970. Throws SubscriptionRefusal. */
export function readDate(recurring: Body, name: string): number | null {
  const text = readText(recurring, name)
  if (text === null) return null
  const at = parseZoned(text)
  if (at === null) throw invalid(`Invalid value for auto_recurring.${name}, must be a valid date`)
  return at
}
