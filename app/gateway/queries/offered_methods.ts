import AccountMethods from '#app/gateway/models/account_methods'
import type { ProviderMethod, SaleRoute } from '#app/gateway/provider'
import { methods, sites, type ChargeMethod } from '#app/gateway/sites'

export interface OfferedMethod {
  method: ChargeMethod
  /** Null where nobody said. */
  minMinor: number | null
  maxMinor: number | null
}

/**
 * The ways of paying of an account: what we issue on its site, less what the provider does not
 * list for it. While its list is not known, everything of the site, without limits.
 */
export async function offeredMethods({
  account,
  siteId,
}: Pick<SaleRoute, 'account' | 'siteId'>): Promise<OfferedMethod[]> {
  const known = await AccountMethods.findBy('accountId', account.id)
  return sites[siteId].methods.flatMap((method) => {
    if (!known) return { method, minMinor: null, maxMinor: null }
    return limitsOf(method, known.methods) ?? []
  })
}

/** A link takes whatever one of the account's methods takes. */
function limitsOf(method: ChargeMethod, known: ProviderMethod[]): OfferedMethod | null {
  const { providerId } = methods[method]
  const behind = providerId ? known.filter(({ id }) => id === providerId) : known
  if (behind.length === 0) return null
  return {
    method,
    minMinor: widest(behind, 'minMinor', Math.min),
    maxMinor: widest(behind, 'maxMinor', Math.max),
  }
}

/** One without a limit has none. */
function widest(
  behind: ProviderMethod[],
  name: 'minMinor' | 'maxMinor',
  pick: (...values: number[]) => number
): number | null {
  const limits = behind.map((method) => method[name])
  return limits.includes(null) ? null : pick(...(limits as number[]))
}
