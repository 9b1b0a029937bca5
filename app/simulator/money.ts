/**
 * Minor units of a decimal number as the wire carries it, or null when it has more
 * decimals than `decimals`, is not finite or leaves the safe integers.
 */
export function toMinor(amount: number, decimals: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount))
  if (!match) return null
  const [, sign, whole, fraction = ''] = match
  if (fraction.length > decimals) return null
  const minor = Number(`${sign}${whole}${fraction.padEnd(decimals, '0')}`)
  return Number.isSafeInteger(minor) ? minor : null
}

export function fromMinor(minor: number, decimals: number): number {
  return minor / 10 ** decimals
}

/** `minor × part ÷ whole` to the minor unit, halves away from zero; exact for any safe integers. */
export function share(minor: number, part: number, whole: number): number {
  if (whole === 0) return 0
  const doubled = 2n * BigInt(minor) * BigInt(part) + BigInt(whole)
  return Number(doubled / (2n * BigInt(whole)))
}

export function basisPoints(minor: number, points: number): number {
  return share(minor, points, 10_000)
}

export function decimalText(minor: number, decimals: number): string {
  return fromMinor(minor, decimals).toFixed(decimals)
}
