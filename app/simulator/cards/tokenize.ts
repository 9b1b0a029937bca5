import { randomBytes } from 'node:crypto'
import type { Caller } from '../api/api_call.js'
import { mod10 } from '../payments/boleto.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import type { Card, CardToken, Cardholder, SavedCard } from './card.js'
import { CardRefusal } from './card_refusal.js'

const TOKEN_LIFE_MS = 7 * DAY_MS
const MAX_NAME = 60

/** A new card, or one that a customer left with this seller. Throws CardRefusal. */
export function tokenize(sim: Simulator, caller: Caller, body: Body): CardToken {
  const now = sim.clock.now()
  const saved = body.card_id === undefined ? null : savedCard(sim, caller, body.card_id)
  const token: CardToken = {
    id: randomBytes(16).toString('hex'),
    accountId: caller.id,
    card: saved?.card ?? readCard(body, now),
    securityCodeLength: readSecurityCode(body.security_code),
    savedCardId: saved?.id ?? null,
    used: false,
    liveMode: caller.liveMode,
    createdAt: now,
    dueAt: now + TOKEN_LIFE_MS,
  }
  sim.wallets.saveToken(token)
  return token
}

function savedCard(sim: Simulator, caller: Caller, id: unknown): SavedCard {
  const saved = sim.wallets.card(String(id))
  if (saved?.accountId !== caller.id) throw new CardRefusal('E203')
  return saved
}

function readCard(body: Body, now: number): Card {
  const number = readNumber(body.card_number)
  return {
    firstSix: number.slice(0, 6),
    lastFour: number.slice(-4),
    numberLength: number.length,
    ...readExpiration(body, now),
    cardholder: readCardholder(body.cardholder),
  }
}

function readNumber(value: unknown): string {
  if (value === undefined || value === null || value === '') throw new CardRefusal('205')
  const number = String(value).replace(/[ -]/g, '')
  const isCard = /^\d{13,19}$/.test(number) && mod10(number.slice(0, -1)) === number.slice(-1)
  if (!isCard) throw new CardRefusal('E301')
  return number
}

/** Throws CardRefusal 208, 209, 325 or 326. */
export function readExpiration(body: Body, now: number) {
  const { expiration_month: month, expiration_year: year } = body
  if (month === undefined || month === null || month === '') throw new CardRefusal('208')
  if (year === undefined || year === null || year === '') throw new CardRefusal('209')
  const expirationMonth = Number(month)
  const expirationYear = Number(year) < 100 ? 2000 + Number(year) : Number(year)
  const isMonth = Number.isInteger(expirationMonth) && expirationMonth >= 1 && expirationMonth <= 12
  if (!isMonth) throw new CardRefusal('325')
  const today = new Date(now)
  const thisYear = today.getUTCFullYear()
  const isYear = Number.isInteger(expirationYear) && expirationYear < thisYear + 30
  if (!isYear || expirationYear < thisYear) throw new CardRefusal('326')
  const isOver = expirationYear === thisYear && expirationMonth < today.getUTCMonth() + 1
  if (isOver) throw new CardRefusal('325')
  return { expirationMonth, expirationYear }
}

function readSecurityCode(value: unknown): number {
  if (value === undefined || value === null || value === '') throw new CardRefusal('224')
  const code = String(value)
  if (!/^\d{3,4}$/.test(code)) throw new CardRefusal('E302')
  return code.length
}

/** Absent is allowed here: a payment asks for the name. Throws CardRefusal. */
export function readCardholder(value: unknown): Cardholder {
  const given = isObject(value) ? value : {}
  const { name = null, identification } = given
  if (name === '') throw new CardRefusal('221')
  if (name !== null && (typeof name !== 'string' || name.length > MAX_NAME)) {
    throw new CardRefusal('316')
  }
  if (!isObject(identification)) return { name, identification: null }
  const { type, number } = identification
  if (typeof type !== 'string' || type === '') throw new CardRefusal('322')
  if (!/^[\dA-Za-z]+$/.test(String(number ?? ''))) throw new CardRefusal('324')
  return { name, identification: { type, number: String(number) } }
}
