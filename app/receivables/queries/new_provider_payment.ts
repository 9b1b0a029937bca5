import type { NewProviderPayment } from '#app/gateway/provider'
import type Charge from '#app/receivables/models/charge'
import type Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'

/** Mercado Pago prints it on the boleto, beside the platform's name. */
const MAX_DESCRIPTION = 250

/** What a charge asks the provider to make; reads the customer as it is now. */
export async function newProviderPayment(charge: Charge): Promise<NewProviderPayment> {
  const receivable = await Receivable.query()
    .where({ tenant_id: charge.tenantId, id: charge.receivableId })
    .preload('tenant')
    .preload('customer')
    .firstOrFail()
  const { tenant, customer, description } = receivable
  return {
    amountMinor: charge.amountMinor,
    currency: charge.currency,
    method: charge.method,
    description: `${tenant.tradeName}: ${description}`.slice(0, MAX_DESCRIPTION),
    externalReference: charge.externalReference,
    expiresAt: charge.expiresAt.setZone(tenant.timeZone),
    payer: {
      name: customer.name,
      email: customer.email,
      taxIdKind: customer.taxIdKind,
      taxId: customer.taxId,
      address: address(customer),
    },
  }
}

function address(customer: Customer): NewProviderPayment['payer']['address'] {
  const { postalCode, street, streetNumber, district, city, stateCode } = customer
  if (!postalCode || !street || !district || !city || !stateCode) return null
  return { postalCode, street, streetNumber: streetNumber ?? '', district, city, stateCode }
}
