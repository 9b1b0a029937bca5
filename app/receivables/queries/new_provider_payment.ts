import { DateTime } from 'luxon'
import { appUrl } from '#config/app'
import { clock } from '#app/core/clock'
import type { NewPreference, NewProviderPayment } from '#app/gateway/provider'
import { methods, type DirectMethod } from '#app/gateway/sites'
import type Charge from '#app/receivables/models/charge'
import type Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'

/** Mercado Pago prints it on the boleto, beside the platform's name. */
const MAX_DESCRIPTION = 250
/** A voucher made in the checkout today lives no longer than the provider lets it. */
const VOUCHER_DAYS = 29

/** What a charge asks the provider to make; reads the customer as it is now. */
export async function newProviderPayment(charge: Charge): Promise<NewProviderPayment> {
  const receivable = await receivableOf(charge)
  const method = charge.method as DirectMethod
  const terms = methods[method].takesTerms ? receivable.lateTerms : null
  return {
    ...common(charge, receivable),
    method,
    ...(terms && { terms }),
    payer: { ...payer(receivable.customer), address: address(receivable.customer) },
  }
}

/** What a payment link asks the provider to make. */
export async function newPreference(charge: Charge): Promise<NewPreference> {
  const receivable = await receivableOf(charge)
  const { timeZone } = receivable.tenant
  const vouchersAtMost = clock.now().plus({ days: VOUCHER_DAYS }).setZone(timeZone)
  const { expiresAt, ...sale } = common(charge, receivable)
  return {
    ...sale,
    expiresAt,
    vouchersExpireAt: DateTime.min(expiresAt, vouchersAtMost),
    returnUrl: `${appUrl}/p/${receivable.publicToken}`,
    payer: payer(receivable.customer),
  }
}

const receivableOf = ({ tenantId, receivableId }: Charge): Promise<Receivable> =>
  Receivable.query()
    .where({ tenant_id: tenantId, id: receivableId })
    .preload('tenant')
    .preload('customer')
    .firstOrFail()

const common = (charge: Charge, { tenant, description }: Receivable) => ({
  amountMinor: charge.amountMinor,
  currency: charge.currency,
  description: `${tenant.tradeName}: ${description}`.slice(0, MAX_DESCRIPTION),
  externalReference: charge.externalReference,
  expiresAt: charge.expiresAt.setZone(tenant.timeZone),
  statementDescriptor: tenant.descriptor,
  ...(charge.mode === 'connected' && { platformFeeMinor: charge.estimatedFeeMinor }),
})

const payer = ({ name, email, taxIdKind, taxId }: Customer) => ({ name, email, taxIdKind, taxId })

function address(customer: Customer): NewProviderPayment['payer']['address'] {
  const { postalCode, street, streetNumber, district, city, stateCode } = customer
  if (!postalCode || !street || !district || !city || !stateCode) return null
  return { postalCode, street, streetNumber: streetNumber ?? '', district, city, stateCode }
}
