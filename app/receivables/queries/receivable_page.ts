import { appUrl } from '#config/app'
import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import { DomainError } from '#app/core/errors'
import { chargeMethods, methods } from '#app/gateway/sites'
import { boletoBarcode } from '#app/receivables/barcode'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { qrCodeSvg } from '#app/receivables/qr_code'
import {
  problemOf,
  waysToOffer,
  type Offer,
  type Problem,
} from '#app/receivables/queries/ways_to_offer'
import { EarlierWaysOpen } from '#app/receivables/receivable_errors'

/** A receivable's ways of paying: those that are active, what can be offered next, and the past. */
export async function receivablePage(tenant: Tenant, receivable: Receivable) {
  const charges = await Charge.query()
    .where({ tenant_id: tenant.id, receivable_id: receivable.id })
    .orderBy('id', 'desc')
  const active = charges.filter((charge) => charge.isActive).sort(byMethod)
  const offer = receivable.isPayable ? await offerOf(tenant, receivable, active) : null
  return {
    active: await Promise.all(active.map(shown)),
    past: charges.filter((charge) => !charge.isActive),
    ...offer,
    takesTerms: offer?.offer?.ways.some(({ method }) => methods[method].takesTerms) ?? false,
    payerUrl: receivable.state === 'draft' ? null : `${appUrl}/p/${receivable.publicToken}`,
    today: clock.today(tenant.timeZone),
    now: clock.now(),
  }
}

/** As the ways stand in the form that offers them. */
const byMethod = (one: Charge, other: Charge) =>
  chargeMethods.indexOf(one.method) - chargeMethods.indexOf(other.method)

/** An active charge with its pictures, and what it was estimated to bring when it was issued. */
const shown = async (charge: Charge) => ({
  charge,
  barcode: boletoBarcode(charge.barcode),
  qrCode: await qrCodeSvg(charge.qrCode),
  share: {
    chargesMinor: charge.estimatedChargesMinor,
    feeMinor: charge.estimatedFeeMinor,
    netMinor: charge.amountMinor - charge.estimatedChargesMinor - charge.estimatedFeeMinor,
  },
})

/** What can be offered now, or why nothing can; what is refused was refused for a reason. */
async function offerOf(
  tenant: Tenant,
  receivable: Receivable,
  active: Charge[]
): Promise<{ offer: Offer } | { offer: null; problem: Problem }> {
  if (active.some((charge) => receivable.isSurplus(charge))) {
    return { offer: null, problem: problemOf(new EarlierWaysOpen()) }
  }
  try {
    return {
      offer: await waysToOffer(
        tenant,
        receivable,
        active.map(({ method }) => method)
      ),
    }
  } catch (error) {
    if (error instanceof DomainError) return { offer: null, problem: problemOf(error) }
    throw error
  }
}
