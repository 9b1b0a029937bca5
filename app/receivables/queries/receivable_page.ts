import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { estimate, type Estimate } from '#app/gateway/queries/rates'
import { offeredPayUntil } from '#app/receivables/issue_day'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'

/** What a boleto issued now would mean, or why none can be. */
interface Offer {
  payUntil: string
  feePercent?: string
  share?: Estimate
  /** Below `errors.`. */
  problem?: string
}

/** A receivable's charges, newest first, and what can be offered next. */
export async function receivablePage(tenant: Tenant, receivable: Receivable) {
  const charges = await Charge.query()
    .where({ tenant_id: tenant.id, receivable_id: receivable.id })
    .orderBy('id', 'desc')
  const active = charges.find((charge) => charge.isActive) ?? null
  const today = clock.today(tenant.timeZone)
  const mayOffer = !active && receivable.isOpen
  const offer = mayOffer ? await offerOf(tenant, receivable, today) : null
  return { charges, active, offer, today, now: clock.now() }
}

async function offerOf(tenant: Tenant, receivable: Receivable, today: string): Promise<Offer> {
  const { storeId, currency, outstandingMinor: amountMinor } = receivable
  const payUntil = offeredPayUntil(receivable.payUntil, today)
  try {
    const route = await new GatewayResolver().forSale({ tenantId: tenant.id, storeId, currency })
    const { siteId, feeRule } = route
    const { percent: feePercent } = feeRule
    const share = await estimate({ siteId, method: 'boleto', amountMinor, feePercent })
    return { payUntil, feePercent, share }
  } catch (error) {
    if (error instanceof DomainError) return { payUntil, problem: error.key }
    throw error
  }
}
