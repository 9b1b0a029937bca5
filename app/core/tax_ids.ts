import { stdnum } from 'stdnum'

export const taxIdKinds = ['CPF', 'CNPJ', 'CUIT', 'RFC', 'RUT', 'NIT', 'RUC'] as const
export type TaxIdKind = (typeof taxIdKinds)[number]

export interface TaxId {
  kind: TaxIdKind
  /** As it is stored, sealed and indexed: digits and capitals, no punctuation. */
  digits: string
  /** What pages, mails and logs may show. */
  masked: string
}

/** Countries in whose form a kind is tried; Chile's and Uruguay's RUT share the name only. */
const countriesOf: Record<TaxIdKind, string[]> = {
  CPF: ['BR'],
  CNPJ: ['BR'],
  CUIT: ['AR'],
  RFC: ['MX'],
  RUT: ['CL', 'UY'],
  NIT: ['CO'],
  RUC: ['PE'],
}

const kindsOf: Record<string, TaxIdKind[]> = {
  BR: ['CPF', 'CNPJ'],
  AR: ['CUIT'],
  MX: ['RFC'],
  CL: ['RUT'],
  UY: ['RUT'],
  CO: ['NIT'],
  PE: ['RUC'],
}

/** The kinds that people and companies of a country have; none for a country without a site. */
export const taxIdKindsOf = (country: string): TaxIdKind[] =>
  Object.hasOwn(kindsOf, country) ? kindsOf[country] : []

export const isTaxIdKind = (kind: string): kind is TaxIdKind =>
  (taxIdKinds as readonly string[]).includes(kind)

/** Far longer than any tax id with its punctuation. */
const MAX_LENGTH = 32

/**
 * A tax id as somebody typed it, checked by its check digits; null when it is none of this kind.
 * Punctuation and spaces do not count, letters may be small.
 */
export function checkTaxId(kind: string, text: string): TaxId | null {
  if (!isTaxIdKind(kind) || text.length > MAX_LENGTH) return null
  const bare = text.replace(/[\s.\-/]/g, '').toUpperCase()
  // One character repeated passes the arithmetic of some kinds and belongs to nobody.
  if (!/^[0-9A-ZÑ&]+$/.test(bare) || /^(.)\1*$/.test(bare)) return null
  const valid = countriesOf[kind].some(
    (country) => stdnum[country][kind.toLowerCase()].validate(bare).isValid
  )
  return valid ? { kind, digits: bare, masked: maskTaxId(kind, bare) } : null
}

/** Each # is shown, each * hides a character, anything else is punctuation. */
const masks: Partial<Record<TaxIdKind, string>> = {
  CPF: '***.###.###-**',
  CNPJ: '##.***.***/####-##',
  CUIT: '##-****####-#',
  NIT: '***.***.##*-#',
}

/** Keeps enough for its owner to recognise it, and too little for anybody else to use it. */
export function maskTaxId(kind: TaxIdKind, digits: string): string {
  const mask = masks[kind]
  if (mask?.replace(/[^#*]/g, '').length !== digits.length) {
    return '*'.repeat(Math.max(digits.length - 4, 0)) + digits.slice(-4)
  }
  let at = 0
  return mask.replace(/[#*]/g, (sign) => {
    const character = digits[at++]
    return sign === '#' ? character : '*'
  })
}
