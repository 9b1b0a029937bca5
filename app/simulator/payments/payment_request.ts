import { isIP } from 'node:net'
import { ApiError } from '../api/api_error.js'
import { findMethod, type PaymentMethod } from '../data/payment_methods.js'
import { PAYMENT_FIELDS, unknownField } from '../data/payment_fields.js'
import {
  findCardToken,
  methodOfCard,
  readCardRequest,
  type CardRequest,
} from '../cards/card_request.js'
import { siteMinor, type Site } from '../data/sites.js'
import type { Caller } from '../api/api_call.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import { DAY_MS, MINUTE_MS, calendarDay, endOfCalendarDay, parseZoned } from '../time.js'
import { readApplicationFee } from './application_fee.js'
import type { ApplicationFee } from './payment.js'
import { readPayer, type PayerRequest } from './payer_request.js'

export type Body = Record<string, unknown>

export interface PaymentRequest {
  method: PaymentMethod
  amountMinor: number
  at: number
  expiresAt: number | null
  /** The payer's bank, for a transfer. */
  institution: string | null
  payer: PayerRequest
  card: CardRequest | null
  applicationFee: ApplicationFee | null
  externalReference: string | null
  notificationUrl: string | null
  body: Body
}

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Checks in the order in which a caller would want to hear of it, one refusal at a time.
 * Throws ApiError.
 */
export function readPaymentRequest(sim: Simulator, caller: Caller, body: unknown): PaymentRequest {
  if (!isObject(body)) throw new ApiError(1)
  const wrong = unknownField(body, PAYMENT_FIELDS)
  if (wrong) throw new ApiError(8, `[${wrong}]`)
  const now = sim.clock.now()
  const site = siteOf(caller)
  const method = readMethod(sim, caller, body)
  const amountMinor = readAmount(body.transaction_amount, method, site)
  const card = readCardRequest(sim, caller, method, body)
  const payer = readPayer(sim, caller, method, body.payer)
  const expiresAt = readExpiry(body.date_of_expiration, method, site, now)
  const applicationFee = readApplicationFee(sim, caller, body.application_fee, amountMinor)
  if (body.metadata !== undefined && body.metadata !== null && !isObject(body.metadata)) {
    throw new ApiError(4022)
  }
  return {
    method,
    amountMinor,
    at: now,
    expiresAt,
    institution: readInstitution(body, method),
    payer,
    card,
    applicationFee,
    externalReference: readReference(body.external_reference),
    notificationUrl: readUrl(body.notification_url),
    body,
  }
}

/** A card may speak for itself. Throws ApiError 4001, 2131 or what is wrong with the token. */
function readMethod(sim: Simulator, caller: Caller, body: Body): PaymentMethod {
  const { payment_method_id: id, token } = body
  const isNamed = id !== undefined && id !== null
  if (!isNamed && (token === undefined || token === null)) throw new ApiError(4001)
  const method = isNamed
    ? findMethod(caller.site_id, id)
    : methodOfCard(caller.site_id, findCardToken(sim, caller, token).card)
  if (!method) throw new ApiError(2131)
  return method
}

function readAmount(amount: unknown, method: PaymentMethod, site: Site): number {
  if (amount === undefined || amount === null) throw new ApiError(4002)
  if (typeof amount !== 'number') throw new ApiError(4003)
  const minor = siteMinor(amount, site)
  if (minor === null) throw new ApiError(2072)
  if (minor < method.minMinor || minor > method.maxMinor) throw new ApiError(4037)
  return minor
}

/** Throws ApiError 23 or 7523. */
export function readExpiry(
  text: unknown,
  method: PaymentMethod,
  site: Site,
  now: number
): number | null {
  if (!method.expiry) return null
  const { calendarDays, defaultMinutes, minMinutes, maxMinutes } = method.expiry
  if (text === undefined || text === null) {
    const at = now + defaultMinutes * MINUTE_MS
    if (!calendarDays) return at
    return endOfCalendarDay(calendarDay(at, site.utcOffsetHours), site.utcOffsetHours)
  }
  const at = typeof text === 'string' ? parseZoned(text) : null
  if (at === null) throw new ApiError(23, '[date_of_expiration]')
  const day = (time: number) => calendarDay(time, site.utcOffsetHours) * DAY_MS
  const lifeMs = calendarDays ? day(at) - day(now) : at - now
  if (lifeMs < minMinutes * MINUTE_MS || lifeMs > maxMinutes * MINUTE_MS) throw new ApiError(7523)
  return at
}

/** A transfer happens at a bank that the payer chose, and comes back from there. Throws ApiError 1. */
function readInstitution(body: Body, method: PaymentMethod): string | null {
  if (method.form !== 'transfer' || method.financialInstitutions.length === 0) return null
  const details = isObject(body.transaction_details) ? body.transaction_details : {}
  const id = String(details.financial_institution ?? '')
  if (!method.financialInstitutions.some((institution) => institution.id === id)) {
    throw new ApiError(1, '[transaction_details.financial_institution]')
  }
  if (!readUrl(body.callback_url)) throw new ApiError(1, '[callback_url]')
  const info = isObject(body.additional_info) ? body.additional_info : {}
  if (!isIP(String(info.ip_address ?? ''))) throw new ApiError(1, '[additional_info.ip_address]')
  return id
}

function readReference(reference: unknown): string | null {
  if (reference === undefined || reference === null) return null
  if (typeof reference === 'string' && /^[A-Za-z0-9_-]{0,64}$/.test(reference)) return reference
  throw new ApiError(1, '[external_reference]')
}

function readUrl(url: unknown): string | null {
  if (url === undefined || url === null) return null
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:/.test(url)) {
    throw new ApiError(4020)
  }
  if (url.length > 500) throw new ApiError(4021)
  return url
}
