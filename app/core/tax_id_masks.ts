import type { TaxIdKind } from '#app/core/tax_ids'

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
