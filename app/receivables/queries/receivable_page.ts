import { appUrl } from '#config/app'
import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { estimate, rates, type Estimate } from '#app/gateway/queries/rates'
import { boletoBarcode } from '#app/receivables/barcode'
import { offeredPayUntil } from '#app/receivables/issue_day'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'

type Share = Pick<Estimate, 'chargesMinor' | 'feeMinor' | 'netMinor'> & { feePercent: string }

/** What a boleto issued now would mean, or why none can be. */
interface Offer {
  payUntil: string
  share?: Share & { daysToRelease: number }
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
  return {
    charges,
    active,
    offer,
    share: active ? shareOf(active) : offer?.share,
    barcode: active && boletoBarcode(active.barcode),
    payerUrl: receivable.state === 'draft' ? null : `${appUrl}/p/${receivable.publicToken}`,
    today,
    now: clock.now(),
  }
}

/** What a charge was estimated to bring when it was issued. */
const shareOf = (charge: Charge): Share => ({
  feePercent: charge.feePercent,
  chargesMinor: charge.estimatedChargesMinor,
  feeMinor: charge.estimatedFeeMinor,
  netMinor: charge.amountMinor - charge.estimatedChargesMinor - charge.estimatedFeeMinor,
})

/** What a boleto of this tenant costs, before any amount is known; null when none can be issued. */
export async function boletoTerms(tenant: Tenant) {
  const { currency } = tenant
  try {
    const sale = { tenantId: tenant.id, storeId: '', currency }
    const { siteId, feeRule } = await new GatewayResolver().forSale(sale)
    const all = await rates()
    const rate = all.find((one) => one.siteId === siteId && one.method === 'boleto')
    return rate ? { rate, feePercent: feeRule.percent } : null
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

async function offerOf(tenant: Tenant, receivable: Receivable, today: string): Promise<Offer> {
  const { storeId, currency, outstandingMinor: amountMinor } = receivable
  const payUntil = offeredPayUntil(receivable.payUntil, today)
  try {
    const route = await new GatewayResolver().forSale({ tenantId: tenant.id, storeId, currency })
    const { siteId, feeRule } = route
    const { percent: feePercent } = feeRule
    const share = await estimate({ siteId, method: 'boleto', amountMinor, feePercent })
    return { payUntil, share: { ...share, feePercent } }
  } catch (error) {
    if (error instanceof DomainError) return { payUntil, problem: error.key }
    throw error
  }
}
