import { stdnum } from 'stdnum'
import { maskTaxId } from '#app/core/tax_id_masks'

export { maskTaxId }

/** Kinds that businesses have, all with check digits. */
export const taxIdKinds = ['CPF', 'CNPJ', 'CUIT', 'RFC', 'RUT', 'NIT', 'RUC'] as const
/** Kinds that only persons have; some without check digits. */
const personalKinds = ['DNI', 'CURP', 'CC', 'CE', 'CI'] as const
export type TaxIdKind = (typeof taxIdKinds)[number] | (typeof personalKinds)[number]

/** Persons and companies, as the provider calls them. */
export type EntityType = 'individual' | 'association'

export interface TaxId {
  kind: TaxIdKind
  /** As it is stored, sealed and indexed: digits and capitals, no punctuation. */
  digits: string
  /** What pages, mails and logs may show. */
  masked: string
}

const byChecksum =
  (...path: [country: string, name: string]) =>
  (bare: string): boolean =>
    stdnum[path[0]][path[1]].validate(bare).isValid

const byLength =
  (pattern: RegExp) =>
  (bare: string): boolean =>
    pattern.test(bare)

/**
 * How a kind is checked in each country that has it. Chile's and Uruguay's RUT share the name only,
 * as Argentina's and Peru's DNI do. An Argentinian's CUIL is a CUIT by another name.
 */
const checks: Record<TaxIdKind, Record<string, (bare: string) => boolean>> = {
  CPF: { BR: byChecksum('BR', 'cpf') },
  CNPJ: { BR: byChecksum('BR', 'cnpj') },
  CUIT: { AR: byChecksum('AR', 'cuit') },
  DNI: { AR: byLength(/^[1-9]\d{6,7}$/), PE: byLength(/^\d{8}$/) },
  // Ten characters lack the part that tells two people apart.
  RFC: { MX: (bare) => bare.length >= 12 && byChecksum('MX', 'rfc')(bare) },
  CURP: { MX: byChecksum('MX', 'curp') },
  RUT: { CL: byChecksum('CL', 'rut'), UY: byChecksum('UY', 'rut') },
  NIT: { CO: (bare) => bare.length <= 11 && byChecksum('CO', 'nit')(bare) },
  CC: { CO: byLength(/^[1-9]\d{4,9}$/) },
  CE: { CO: byLength(/^[1-9]\d{4,6}$/) },
  RUC: { PE: byChecksum('PE', 'ruc') },
  CI: { UY: byChecksum('UY', 'cedula') },
}

/** The first is the one of businesses. */
const payerKindsOf: Record<string, TaxIdKind[]> = {
  BR: ['CPF', 'CNPJ'],
  AR: ['CUIT', 'DNI'],
  MX: ['RFC', 'CURP'],
  CL: ['RUT'],
  CO: ['NIT', 'CC', 'CE'],
  PE: ['RUC', 'DNI'],
  UY: ['RUT', 'CI'],
}

const isOfBusinesses = (kind: string) => (taxIdKinds as readonly string[]).includes(kind)

/** What the people and companies of a country may pay with; none for a country without a site. */
export const payerTaxIdKindsOf = (country: string): TaxIdKind[] =>
  Object.hasOwn(payerKindsOf, country) ? payerKindsOf[country] : []

/** The kinds that businesses of a country have; none for a country without a site. */
export const taxIdKindsOf = (country: string): TaxIdKind[] =>
  payerTaxIdKindsOf(country).filter(isOfBusinesses)

/** A valid one of each country, as an example of how it is written. */
export const taxIdExamples: Readonly<Record<string, string>> = {
  BR: '529.982.247-25',
  AR: '20-26756539-3',
  CL: '12.531.909-2',
  CO: '213.123.432-1',
  MX: 'GODE561231GR8',
  PE: '20512333797',
  UY: '21-100342-001-7',
}

/** Colombia's kinds look alike: which one it is has to be said. */
export const mustNameKind = (country: string): boolean => country === 'CO'

/** Countries with a kind that persons and companies share: which of them it is has to be said. */
export const mustSayEntityType = (country: string): boolean => ['CL', 'CO'].includes(country)

export const isTaxIdKind = (kind: string): kind is TaxIdKind => Object.hasOwn(checks, kind)

/** Far longer than any tax id with its punctuation. */
const MAX_LENGTH = 32

/**
 * A tax id as somebody typed it, checked by its check digits; null when it is none of this kind.
 * Punctuation and spaces do not count, letters may be small.
 * @param country where it is of; left out, any that has the kind
 */
export function checkTaxId(kind: string, text: string, country?: string): TaxId | null {
  if (!isTaxIdKind(kind) || text.length > MAX_LENGTH) return null
  const bare = bareTaxId(kind, text)
  // One character repeated passes the arithmetic of some kinds and belongs to nobody.
  if (!/^[0-9A-ZÑ&]+$/.test(bare) || (isOfBusinesses(kind) && /^(.)\1*$/.test(bare))) return null
  const places = Object.keys(checks[kind]).filter((place) => !country || place === country)
  const valid = places.some((place) => checks[kind][place](bare))
  return valid ? { kind, digits: bare, masked: maskTaxId(kind, bare) } : null
}

function bareTaxId(kind: TaxIdKind, text: string): string {
  const bare = text.replace(/[\s.\-/]/g, '').toUpperCase()
  // Older Uruguayans leave out the first zero.
  return kind === 'CI' && bare.length === 7 ? `0${bare}` : bare
}

/** Every tax id that a text may be in a country; more than one only where kinds look alike. */
export const payerTaxIds = (text: string, country: string): TaxId[] =>
  payerTaxIdKindsOf(country).flatMap((kind) => checkTaxId(kind, text, country) ?? [])

/** The tax id that a payer typed. @param kind what was chosen, where it has to be */
export function readPayerTaxId(text: string, country: string, kind?: string | null): TaxId | null {
  if (mustNameKind(country)) {
    return payerTaxIds(text, country).find((taxId) => taxId.kind === kind) ?? null
  }
  return payerTaxIds(text, country)[0] ?? null
}

/** Whether a person or a company has it; null where the number does not tell: NIT, Chile's RUT. */
export function entityTypeOf(kind: TaxIdKind, digits: string): EntityType | null {
  if (kind === 'NIT') return null
  if (kind === 'RUT') return digits.length === 12 ? 'association' : null
  const isCompany =
    kind === 'CNPJ' ||
    (kind === 'CUIT' && !digits.startsWith('2')) ||
    (kind === 'RFC' && digits.length === 12) ||
    (kind === 'RUC' && digits.startsWith('20'))
  return isCompany ? 'association' : 'individual'
}
