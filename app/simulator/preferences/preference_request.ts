import type { Caller } from '../api/api_call.js'
import { ApiError } from '../api/api_error.js'
import { unknownField } from '../data/payment_fields.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import { readAutoReturn, readBackUrls, readNotificationUrl } from './addresses.js'
import { PREFERENCE_FIELDS, READ_ONLY_FIELDS } from './fields.js'
import { readItems, requirePayable, sumOf } from './items.js'
import { readMarketplaceFee } from './marketplace_fee.js'
import { readMethodChoice } from './method_choice.js'
import { checkPlainFields, readDate, readReference } from './plain_fields.js'
import type { Terms } from './preference.js'
import { NamedRefusal, isAbsent } from './preference_refusal.js'
import { readShipping } from './shipments.js'

/** An object with known names only. Throws ApiError 1 or 8. */
function checked(body: unknown, isChange: boolean): Body {
  if (!isObject(body)) throw new ApiError(1)
  const entries = Object.entries(body).filter(
    ([name]) => !isChange || !READ_ONLY_FIELDS.includes(name as (typeof READ_ONLY_FIELDS)[number])
  )
  const known = Object.fromEntries(entries)
  const wrong = unknownField(known, PREFERENCE_FIELDS)
  if (wrong) throw new ApiError(8, `[${wrong}]`)
  return known
}

/** Throws NamedRefusal. */
function checkCollector(caller: Caller, id: unknown): void {
  if (isAbsent(id)) return
  if (typeof id !== 'number') {
    throw new NamedRefusal('invalid_collector_id', 'collector_id must be a number.')
  }
  if (id !== caller.id) throw new NamedRefusal('invalid_collector_id', 'collector_id invalid.')
}

/** Throws NamedRefusal `invalid_sponsor_id`. */
export function readSponsor(sim: Simulator, caller: Caller, id: unknown): number | null {
  const refuse = (message: string): never => {
    throw new NamedRefusal('invalid_sponsor_id', message)
  }
  if (isAbsent(id)) return null
  if (typeof id !== 'number') refuse(`invalid type (${typeof id}) for field sponsor_id`)
  const sponsor = sim.accounts.find(id as number)
  if (!sponsor) return refuse('sponsor_id not found.')
  if (sponsor.id === caller.id) refuse('sponsor_id should be different than collector_id.')
  if (sponsor.site_id !== caller.site_id)
    refuse('sponsor_id site must be the same as collector_id.')
  return sponsor.id
}

/** Dates count only for one that expires. Throws NamedRefusal. */
function readPeriod(body: Body): Pick<Terms, 'opensAt' | 'endsAt'> {
  const opensAt = readDate(body, 'expiration_date_from')
  const endsAt = readDate(body, 'expiration_date_to')
  if (opensAt !== null && endsAt !== null && endsAt < opensAt) {
    throw new NamedRefusal('invalid_expiration_date_to', 'expiration_date_to invalid.')
  }
  return body.expires === true ? { opensAt, endsAt } : { opensAt: null, endsAt: null }
}

/** A boleto that would be over before it was made. Throws NamedRefusal `invalid_date`. */
function checkTicketDate(sent: Body, now: number): void {
  const at = readDate(sent, 'date_of_expiration', 'invalid_date')
  if (at !== null && at <= now) {
    throw new NamedRefusal('invalid_date', 'invalid date of expiration.')
  }
}

function readTerms(sim: Simulator, caller: Caller, body: Body): Terms {
  const site = siteOf(caller)
  const items = readItems(body.items, site)
  const shippingMinor = readShipping(body.shipments, site)
  const totalMinor = sumOf(items) + shippingMinor
  requirePayable(totalMinor, site)
  checkPlainFields(body)
  const backUrls = readBackUrls(body.back_urls)
  return {
    items,
    shippingMinor,
    totalMinor,
    marketplaceFee: readMarketplaceFee(sim, caller, body.marketplace_fee, totalMinor),
    methods: readMethodChoice(body.payment_methods, site.id, totalMinor),
    backUrls,
    autoReturn: readAutoReturn(body, backUrls, caller),
    binaryMode: body.binary_mode === true,
    ...readPeriod(body),
    externalReference: readReference(body.external_reference),
    notificationUrl: readNotificationUrl(body.notification_url),
    sponsorId: readSponsor(sim, caller, body.sponsor_id),
  }
}

export interface PreferenceRequest {
  terms: Terms
  body: Body
}

/**
 * One refusal at a time. A change names the fields that it changes; null takes one back.
 * Throws ApiError, NamedRefusal.
 */
export function readPreferenceRequest(
  sim: Simulator,
  caller: Caller,
  sent: unknown,
  former: Body | null = null
): PreferenceRequest {
  const known = checked(sent, former !== null)
  checkCollector(caller, known.collector_id)
  checkTicketDate(known, sim.clock.now())
  const body = { ...former, ...known }
  return { terms: readTerms(sim, caller, body), body }
}
