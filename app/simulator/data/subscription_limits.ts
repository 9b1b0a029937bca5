import { methodsOf } from './payment_methods.js'

/** What an instalment may come to where that is known to differ from other card payments, minor units. */
const KNOWN: Record<string, { minMinor: number; maxMinor: number }> = {
  MLA: { minMinor: 15_00, maxMinor: 2_000_000_00 },
  MCO: { minMinor: 1_600_00, maxMinor: 40_000_000_00 },
}

export function subscriptionLimits(siteId: string): { minMinor: number; maxMinor: number } {
  const { minMinor, maxMinor } = methodsOf(siteId).find(({ brand }) => brand !== null)!
  return KNOWN[siteId] ?? { minMinor, maxMinor }
}
