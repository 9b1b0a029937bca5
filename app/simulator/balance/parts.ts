const NAMES = ['grossMinor', 'feeMinor', 'applicationFeeMinor', 'taxMinor'] as const

/**
 * What an amount is made of, in minor units, each signed as it moves the account: a fee that is
 * taken is negative. `feeMinor` is Mercado Pago's, `applicationFeeMinor` what an application kept.
 */
export type Parts = Record<(typeof NAMES)[number], number>

export const NOTHING: Readonly<Parts> = {
  grossMinor: 0,
  feeMinor: 0,
  applicationFeeMinor: 0,
  taxMinor: 0,
}

export function netOf(parts: Parts): number {
  return NAMES.reduce((net, name) => net + parts[name], 0)
}

function combined(one: Parts, other: Parts, sign: 1 | -1): Parts {
  const entries = NAMES.map((name) => [name, one[name] + sign * other[name]])
  return Object.fromEntries(entries)
}

export function sum(one: Parts, other: Parts): Parts {
  return combined(one, other, 1)
}

export function difference(one: Parts, other: Parts): Parts {
  return combined(one, other, -1)
}

/** A net of zero may still be something: a payment that its charges ate up. */
export function isNothing(parts: Parts): boolean {
  return NAMES.every((name) => parts[name] === 0)
}
