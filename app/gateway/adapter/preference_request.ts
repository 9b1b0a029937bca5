import type { Preference } from 'mercadopago'
import type { NewPreference } from '#app/gateway/provider'
import { decimal, identification, splitName, wireTime } from './payment_request.js'

type PreferenceBody = Parameters<Preference['create']>[0]['body']

/** As much of a title as the checkout keeps. */
const MAX_TITLE = 250

/** A new payment link as `POST /checkout/preferences` wants it. */
export function preferenceRequest(input: NewPreference): PreferenceBody {
  const { payer, currency, externalReference } = input
  const { first_name: name, last_name: surname } = splitName(payer.name)
  const title = input.description.slice(0, MAX_TITLE)
  const price = { currency_id: currency, unit_price: decimal(input.amountMinor, currency) }
  return {
    items: [{ id: externalReference, title, quantity: 1, ...price }],
    payer: { name, surname, email: payer.email, ...identification(payer) },
    external_reference: externalReference,
    ...(input.statementDescriptor && { statement_descriptor: input.statementDescriptor }),
    ...(input.platformFeeMinor && {
      marketplace_fee: decimal(input.platformFeeMinor, currency),
    }),
    expires: true,
    expiration_date_to: wireTime(input.expiresAt),
    date_of_expiration: wireTime(input.vouchersExpireAt),
    ...backUrls(input.returnUrl),
  }
}

/** The provider refuses to send anybody back by itself to an address that is not encrypted. */
const backUrls = (url: string) => ({
  back_urls: { success: url, pending: url, failure: url },
  ...(url.startsWith('https://') && { auto_return: 'approved' }),
})
