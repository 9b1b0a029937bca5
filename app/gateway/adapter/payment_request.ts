import type { Payment } from 'mercadopago'
import type { DateTime } from 'luxon'
import { toDecimal } from '#app/core/money'
import type { LatePaymentTerms, NewProviderPayment, ProviderPayer } from '#app/gateway/provider'
import { methods } from '#app/gateway/sites'

type PaymentBody = Parameters<Payment['create']>[0]['body']

/** Every amount that we handle has a shortest decimal text, so the JSON number prints it exactly. */
export const decimal = (amountMinor: number, currency: string) =>
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
  const { payer, terms } = input
  return {
    transaction_amount: decimal(input.amountMinor, input.currency),
    payment_method_id: methods[input.method].providerId!,
    description: input.description,
    external_reference: input.externalReference,
    date_of_expiration: wireTime(input.expiresAt),
    ...(input.statementDescriptor && { statement_descriptor: input.statementDescriptor }),
    ...(input.platformFeeMinor && {
      application_fee: decimal(input.platformFeeMinor, input.currency),
    }),
    ...(terms && { payment_method: withRules(terms) }),
    payer: {
      ...splitName(payer.name),
      email: payer.email,
      entity_type: payer.taxIdKind.toUpperCase() === 'CNPJ' ? 'association' : 'individual',
      ...identification(payer),
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

const percentage = (percent: string) => ({ type: 'percentage', value: Number(percent) })

/**
 * Neither the package's type of the request knows the rules that its type of the answer has, nor the
 * API a field for the due date from which fine and interest count.
 */
const withRules = ({ finePercent, interestPercent, discount }: LatePaymentTerms) => {
  const rules = {
    ...(finePercent && { fine: percentage(finePercent) }),
    ...(interestPercent && { interest: percentage(interestPercent) }),
    ...(discount && {
      discounts: [{ ...percentage(discount.percent), limit_date: discount.until }],
    }),
  }
  return { data: { rules } } as PaymentBody['payment_method']
}

/** Kinds that the provider's list of documents has under the same name. */
const knownDocuments = ['CPF', 'CNPJ', 'DNI', 'CI', 'CC', 'CE', 'NIT', 'RUC']

/** An Argentinian's CUIT holds the DNI; a company's (30, 33, 34) holds none. */
const DNI_IN_CUIT = /^(?:20|23|24|27)(\d{8})\d$/

/** What is no document in the provider's eyes is left out: none is better than a refused one. */
export function identification({ taxIdKind, taxId }: ProviderPayer) {
  const type = taxIdKind.toUpperCase()
  if (knownDocuments.includes(type)) return { identification: { type, number: taxId } }
  const dni = type === 'CUIT' ? DNI_IN_CUIT.exec(taxId)?.[1] : undefined
  return dni ? { identification: { type: 'DNI', number: String(Number(dni)) } } : {}
}
