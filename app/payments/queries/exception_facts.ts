import type { DateTime } from 'luxon'
import { instantFrom } from '#app/core/columns'
import type ExceptionCase from '#app/payments/models/exception_case'

/** What happened, as words and tables tell it. */
export interface ExceptionFacts {
  currency: string | null
  /** By name, e.g. `paid`; minor units. `difference` is above zero. */
  amounts: { name: string; amountMinor: number }[]
  texts: { status: string | null; reference: string | null }
  providerPaymentId: string | null
  /** When the money came. */
  at: DateTime | null
}

const pairs = [
  ['paidMinor', 'chargedMinor'],
  ['bookedNetMinor', 'netReceivedMinor'],
  ['refundedMinor', 'explainedMinor'],
] as const

/** @param exception with payment and receivable loaded */
export function factsOf(exception: ExceptionCase): ExceptionFacts {
  const { details, payment, receivable } = exception
  const known = Object.entries(details as Record<string, unknown>)
  const amounts = known
    .filter((entry): entry is [string, number] => entry[0].endsWith('Minor'))
    .map(([name, amountMinor]) => ({ name: snake(name.slice(0, -'Minor'.length)), amountMinor }))
  const pair = pairs.find(([one, other]) => one in details && other in details)
  if (pair) {
    const [one, other] = pair
    amounts.push({ name: 'difference', amountMinor: Math.abs(details[one] - details[other]) })
  }
  return {
    currency: details.currency ?? payment?.currency ?? receivable?.currency ?? null,
    amounts,
    texts: { status: details.status ?? null, reference: details.externalReference ?? null },
    providerPaymentId: payment?.providerPaymentId ?? details.id ?? null,
    at: payment?.approvedAt ?? (details.approvedAt ? instantFrom(details.approvedAt) : null),
  }
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
