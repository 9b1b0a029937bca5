import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { offeredMethods, type OfferedMethod } from '#app/gateway/queries/offered_methods'
import { estimateBy, rateOf, rates, type Estimate, type Rate } from '#app/gateway/queries/rates'
import type { SaleRoute } from '#app/gateway/provider'
import { methods, type ChargeMethod } from '#app/gateway/sites'
import { checkTimeLeft, endOfDay, issueDay, offeredPayUntil } from '#app/receivables/issue_day'
import { amountProblem } from '#app/receivables/method_limits'
import type Receivable from '#app/receivables/models/receivable'
import { CustomerAddressMissing } from '#app/receivables/receivable_errors'

/** Below `errors.`, with the values of its text. */
export interface Problem {
  key: string
  params: Record<string, string | number>
}

/** One way of paying that could be offered now: who would get what, or why it cannot be had. */
export interface WayToOffer {
  method: ChargeMethod
  share: Estimate
  problem: Problem | null
  /** The day on which it would be issued, when that is later than today. */
  issueOn: string | null
}

export interface Offer {
  payUntil: string
  /** Of the platform, "1.00". */
  feePercent: string
  ways: WayToOffer[]
}

export const problemOf = ({ key, params }: DomainError): Problem => ({ key, params })

/**
 * What can be offered on a receivable besides the methods that are active already.
 * @throws DomainError of the resolver, when nothing can be
 */
export async function waysToOffer(
  tenant: Tenant,
  receivable: Receivable,
  active: ChargeMethod[]
): Promise<Offer> {
  const { storeId, currency } = receivable
  const route = await new GatewayResolver().forSale({ tenantId: tenant.id, storeId, currency })
  const offered = await offeredMethods(route)
  const known = await rates()
  const payUntil = offeredPayUntil(receivable.payUntil, clock.today(tenant.timeZone))
  const way = (one: OfferedMethod) => wayOf(one, { tenant, receivable, payUntil, route, known })
  return {
    payUntil,
    feePercent: route.feeRule.percent,
    ways: offered.filter(({ method }) => !active.includes(method)).map(way),
  }
}

/** What each way costs here, before any amount is known; null when nothing can be offered. */
export async function ratesOfWays(tenant: Tenant) {
  const { currency } = tenant
  try {
    const sale = { tenantId: tenant.id, storeId: '', currency }
    const route = await new GatewayResolver().forSale(sale)
    const [offered, known] = [await offeredMethods(route), await rates()]
    const ways = offered.flatMap(({ method }) => rateOf(known, { ...route, method }) ?? [])
    return { ways, feePercent: route.feeRule.percent }
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

interface Sale {
  tenant: Tenant
  receivable: Receivable
  payUntil: string
  route: SaleRoute
  known: Rate[]
}

function wayOf(offered: OfferedMethod, sale: Sale): WayToOffer {
  const { method } = offered
  const { receivable, route, tenant, payUntil } = sale
  const amountMinor = receivable.outstandingMinor
  const { percent: feePercent } = route.feeRule
  const { mode, currency } = route
  const rate = rateOf(sale.known, { ...route, method })
  const share = estimateBy(rate, { amountMinor, feePercent, mode, currency })
  const problem = problemWith(offered, sale)
  const today = clock.today(tenant.timeZone)
  const { life } = methods[method]
  const day = issueDay({ today, dueOn: receivable.dueOn, payUntil, life })
  return {
    method,
    share,
    problem: problem && problemOf(problem),
    issueOn: day > today ? day : null,
  }
}

function problemWith(offered: OfferedMethod, sale: Sale): DomainError | null {
  const { method } = offered
  const { receivable, tenant, payUntil } = sale
  const { needsAddress, life } = methods[method]
  if (needsAddress && !receivable.customer.hasAddress) return new CustomerAddressMissing()
  const tooMuch = amountProblem(offered, receivable.outstandingMinor, tenant)
  if (tooMuch) return tooMuch
  try {
    checkTimeLeft(clock.now(), endOfDay(payUntil, tenant.timeZone), { method, life })
    return null
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}
