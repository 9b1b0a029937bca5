import { SITES } from '../data/sites.js'
import type { Cycle } from '../subscriptions/cycle.js'
import type { Terms } from '../subscriptions/plan.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { money } from './layout.js'
import { markup, type Markup } from './markup.js'

export function siteMoney(siteId: string, minor: number): string {
  const { currencyId, decimals } = SITES[siteId]
  return money(minor, currencyId, decimals)
}

/** `7 days`, `1 month`. */
export function duration({ frequency, frequencyType }: Cycle): string {
  const unit = frequencyType === 'days' ? 'day' : 'month'
  return `${frequency} ${unit}${frequency === 1 ? '' : 's'}`
}

/** `R$49.90 every month`. */
export function price(siteId: string, terms: Terms): string {
  const every = terms.frequency === 1 ? duration(terms).slice(2) : duration(terms)
  return `${siteMoney(siteId, terms.amountMinor)} every ${every}`
}

const TONES: Record<string, string> = { authorized: 'good', active: 'good', cancelled: 'soft' }

export function status(word: string): Markup {
  return markup`<span class="${TONES[word]}">${word}</span>`
}

const COLLECTION: Record<string, [string, string]> = {
  green: ['soft', 'all collected'],
  yellow: ['', 'an instalment is tried again'],
  red: ['bad', 'an instalment was lost'],
}

/** What the semaphore says, in words that go on after the state. */
export function collection({ collected }: Preapproval): Markup | null {
  if (collected.semaphore === null) return null
  const [tone, words] = COLLECTION[collected.semaphore]
  return markup`, <span class="${tone}">${words}</span>`
}

export function cardWords(kept: Preapproval['card']): string {
  if (!kept) return '—'
  const { methodId, card } = kept
  return `${methodId} ${card.firstSix}…${card.lastFour}, ${card.cardholder.name}`
}
