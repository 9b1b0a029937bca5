import { methodsOf, type PaymentMethod } from '../data/payment_methods.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { MethodChoice } from './preference.js'
import { NamedRefusal, isAbsent, shortText } from './preference_refusal.js'

const MAX_INSTALLMENTS = 36
const MAX_TEXT = 256

const NO_CHOICE: MethodChoice = {
  excludedMethods: [],
  excludedTypes: [],
  defaultMethodId: null,
  maxInstallments: null,
  defaultInstallments: null,
}

function refuse(message: string): never {
  throw new NamedRefusal('invalid_payment_methods', message)
}

/** Empty ids, which answers are padded with, exclude nothing. */
function readIds(body: Body, name: string): string[] {
  const value = body[name]
  if (isAbsent(value)) return []
  if (!Array.isArray(value)) refuse(`${name} invalid. Wrong format.`)
  const ids = value.map((entry: unknown) => {
    if (!isObject(entry)) refuse(`${name} invalid. Wrong format.`)
    if (isAbsent(entry.id)) refuse('id needed.')
    if (typeof entry.id !== 'string') refuse(`${name} invalid. Wrong format.`)
    return entry.id
  })
  return ids.filter((id) => id !== '')
}

function readInstallments(body: Body, name: string): number | null {
  const value = body[name]
  if (isAbsent(value)) return null
  const isCount = Number.isInteger(value) && (value as number) >= 1
  if (!isCount || (value as number) > MAX_INSTALLMENTS) {
    refuse(`${name} invalid. Should be a number between 1 and ${MAX_INSTALLMENTS}.`)
  }
  return value as number
}

function requireSomethingLeft(siteId: string, choice: MethodChoice): void {
  const methods = methodsOf(siteId)
  if (methods.every(({ id }) => choice.excludedMethods.includes(id))) {
    refuse('cannot exclude all payments methods.')
  }
  if (methods.every(({ typeId }) => choice.excludedTypes.includes(typeId))) {
    refuse('cannot exclude all payments types.')
  }
  if (!methods.some((method) => isAllowed(method, choice))) {
    refuse(
      'the combination of payment methods and payment types cannot exclude all payment methods'
    )
  }
}

export function isAllowed({ id, typeId }: PaymentMethod, choice: MethodChoice): boolean {
  return !choice.excludedMethods.includes(id) && !choice.excludedTypes.includes(typeId)
}

/** What is neither excluded nor too small or too large for it. */
export function payableMethods(
  siteId: string,
  choice: MethodChoice,
  amountMinor: number
): PaymentMethod[] {
  return methodsOf(siteId).filter(
    (method) =>
      isAllowed(method, choice) && amountMinor >= method.minMinor && amountMinor <= method.maxMinor
  )
}

/** Throws NamedRefusal `invalid_payment_methods`. */
export function readMethodChoice(value: unknown, siteId: string, totalMinor: number): MethodChoice {
  if (isAbsent(value)) return NO_CHOICE
  if (!isObject(value)) refuse('payment_methods invalid. Wrong format')
  const choice = {
    excludedMethods: readIds(value, 'excluded_payment_methods'),
    excludedTypes: readIds(value, 'excluded_payment_types'),
    defaultMethodId:
      shortText(
        'invalid_payment_methods',
        'default_payment_method_id',
        value.default_payment_method_id,
        MAX_TEXT
      ) || null,
    maxInstallments: readInstallments(value, 'installments'),
    defaultInstallments: readInstallments(value, 'default_installments'),
  }
  if (choice.excludedMethods.includes('account_money')) refuse('account_money cannot be excluded.')
  requireSomethingLeft(siteId, choice)
  if (payableMethods(siteId, choice, totalMinor).length === 0) {
    refuse('amount cannot be paid with MercadoPago.')
  }
  return choice
}
