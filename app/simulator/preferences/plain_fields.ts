import { isObject, type Body } from '../payments/payment_request.js'
import { parseZoned } from '../time.js'
import { NamedRefusal, isAbsent, shortText } from './preference_refusal.js'

const LENGTHS = {
  additional_info: 600,
  statement_descriptor: 16,
  coupon_code: 256,
  marketplace: 256,
}
const CHOICES = {
  operation_type: ['regular_payment', 'money_transfer'],
  purpose: ['', 'wallet_purchase', 'onboarding_credits'],
}
const LISTS = ['coupon_labels', 'processing_modes', 'taxes', 'tracks']
const OBJECTS = ['metadata', 'differential_pricing', 'redirect_urls']
const TRACKS = ['google_ad', 'facebook_ad']

function refuseFormat(name: string): never {
  throw new NamedRefusal(`invalid_${name}`, `${name} invalid. Wrong format`)
}

function checkFlags(body: Body): void {
  if (!isAbsent(body.binary_mode) && typeof body.binary_mode !== 'boolean') {
    throw new NamedRefusal('invalid_binary_mode', 'binary_mode must be boolean.')
  }
  if (!isAbsent(body.expires) && typeof body.expires !== 'boolean') {
    throw new NamedRefusal('invalid_expires', 'expires value is not boolean')
  }
}

function checkPayer(payer: unknown): void {
  if (isAbsent(payer)) return
  if (!isObject(payer)) throw new NamedRefusal('invalid_payer', 'payer invalid. Wrong format')
  shortText('invalid_payer', 'payer name', payer.name, 100)
  shortText('invalid_payer', 'payer surname', payer.surname, 100)
  const email = shortText('invalid_payer', 'payer email', payer.email, 150)
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new NamedRefusal('invalid_payer', 'payer email invalid. Wrong format')
  }
  for (const name of ['phone', 'identification', 'address']) {
    if (!isAbsent(payer[name]) && !isObject(payer[name])) {
      throw new NamedRefusal('invalid_payer', `payer ${name} invalid. Wrong format`)
    }
  }
}

function checkTracks(tracks: unknown): void {
  if (isAbsent(tracks)) return
  const areKnown = (tracks as unknown[]).every(
    (track) => isObject(track) && TRACKS.includes(track.type as string)
  )
  if (!areKnown) refuseFormat('tracks')
}

/** Fields that only are kept and answered again. Throws NamedRefusal. */
export function checkPlainFields(body: Body): void {
  checkFlags(body)
  checkPayer(body.payer)
  for (const [name, max] of Object.entries(LENGTHS)) {
    shortText(`invalid_${name}`, name, body[name], max)
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    if (!isAbsent(body[name]) && !choices.includes(body[name] as string)) {
      throw new NamedRefusal(`invalid_${name}`, `${name} invalid.`)
    }
  }
  for (const name of LISTS) {
    if (!isAbsent(body[name]) && !Array.isArray(body[name])) refuseFormat(name)
  }
  for (const name of OBJECTS) {
    if (!isAbsent(body[name]) && !isObject(body[name])) refuseFormat(name)
  }
  checkTracks(body.tracks)
}

/** Throws NamedRefusal `invalid_external_reference`. */
export function readReference(value: unknown): string | null {
  if (isAbsent(value) || value === '') return null
  if (typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value)) return value
  const message =
    'external_reference invalid. Up to 64 letters, digits, hyphens and underscores are allowed'
  throw new NamedRefusal('invalid_external_reference', message)
}

export function readDate(body: Body, name: string, error = `invalid_${name}`): number | null {
  const value = body[name]
  if (isAbsent(value)) return null
  const at = typeof value === 'string' ? parseZoned(value) : null
  if (at !== null) return at
  const message = error === 'invalid_date' ? 'invalid date of expiration.' : `${name} invalid.`
  throw new NamedRefusal(error, message)
}
