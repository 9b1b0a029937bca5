import type { Payment } from 'mercadopago'
import type { DateTime } from 'luxon'
import { toDecimal } from '#app/core/money'
import type { NewProviderPayment } from '#app/gateway/provider'

type PaymentBody = Parameters<Payment['create']>[0]['body']

const methodIds = { boleto: 'bolbradesco', pix: 'pix' } as const

/** Every amount that we handle has a shortest decimal text, so the JSON number prints it exactly. */
const decimal = (amountMinor: number, currency: string) =>
  Number(toDecimal({ amountMinor, currency }))

/** "Maria da Silva" → Maria, da Silva. Both are compulsory; one word alone serves as both. */
export function splitName(name: string) {
  const [first, ...rest] = name.trim().split(/\s+/)
  return { first_name: first, last_name: rest.join(' ') || first }
}

/** "Z" is not understood: always milliseconds and a numeric offset. */
export const wireTime = (value: DateTime) => value.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZ")

/** A new payment as `POST /v1/payments` wants it; unknown fields would be refused. */
export function paymentRequest(input: NewProviderPayment): PaymentBody {
  const { payer } = input
  return {
    transaction_amount: decimal(input.amountMinor, input.currency),
    payment_method_id: methodIds[input.method],
    description: input.description,
    external_reference: input.externalReference,
    date_of_expiration: wireTime(input.expiresAt),
    ...(input.statementDescriptor && { statement_descriptor: input.statementDescriptor }),
    payer: {
      ...splitName(payer.name),
      email: payer.email,
      entity_type: payer.taxIdKind.toUpperCase() === 'CNPJ' ? 'association' : 'individual',
      identification: { type: payer.taxIdKind.toUpperCase(), number: payer.taxId },
      ...(payer.address && { address: address(payer.address) }),
    },
  }
}

const address = (place: NonNullable<NewProviderPayment['payer']['address']>) => ({
  zip_code: place.postalCode,
  street_name: place.street,
  street_number: place.streetNumber || 'S/N',
  neighborhood: place.district,
  city: place.city,
  federal_unit: place.stateCode,
})
