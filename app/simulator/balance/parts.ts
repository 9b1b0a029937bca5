/** What an amount is made of, in minor units, each signed as it moves the account: fees that are taken are negative. */
export interface Parts {
  grossMinor: number
  feeMinor: number
  taxMinor: number
}

export const NOTHING: Readonly<Parts> = { grossMinor: 0, feeMinor: 0, taxMinor: 0 }

export function netOf(parts: Parts): number {
  return parts.grossMinor + parts.feeMinor + parts.taxMinor
}

export function sum(one: Parts, other: Parts): Parts {
  return {
    grossMinor: one.grossMinor + other.grossMinor,
    feeMinor: one.feeMinor + other.feeMinor,
    taxMinor: one.taxMinor + other.taxMinor,
  }
}

export function difference(one: Parts, other: Parts): Parts {
  return {
    grossMinor: one.grossMinor - other.grossMinor,
    feeMinor: one.feeMinor - other.feeMinor,
    taxMinor: one.taxMinor - other.taxMinor,
  }
}

/** A net of zero may still be something: a payment that its charges ate up. */
export function isNothing(parts: Parts): boolean {
  return parts.grossMinor === 0 && parts.feeMinor === 0 && parts.taxMinor === 0
}
