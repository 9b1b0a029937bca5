import { findMethod } from '../data/payment_methods.js'
import type { Payment } from '../payments/payment.js'
import type { BackUrls, Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'

export function checkoutUrl(sim: Simulator, { id }: Preference): string {
  return `${sim.url}/checkout/v1/redirect?pref_id=${id}`
}

/** What became of an attempt; only who made it knows the address. */
export function resultPath({ id, ticketHash }: Payment): string {
  return `/checkout/v1/result?payment_id=${id}&hash=${ticketHash}`
}

const WAITING = ['pending', 'in_process', 'authorized']

function endFor({ status }: Payment): keyof BackUrls {
  if (WAITING.includes(status)) return 'pending'
  return status === 'rejected' || status === 'cancelled' ? 'failure' : 'success'
}

/**
 * Where the payer goes back to, with what Mercado Pago adds; null if the shop gave no address for
 * that. Without a payment the payer gave up: everything is the word `null` then.
 */
export function backUrl(preference: Preference, payment: Payment | null): string | null {
  const { backUrls, externalReference } = preference.terms
  const address = backUrls[payment ? endFor(payment) : 'failure']
  if (address === '') return null
  const url = new URL(address)
  const method = payment && findMethod(payment.siteId, payment.methodId)
  const told = {
    collection_id: payment?.id,
    collection_status: payment?.status,
    payment_id: payment?.id,
    status: payment?.status,
    external_reference: externalReference,
    payment_type: method?.typeId,
    merchant_order_id: payment?.merchantOrderId,
    preference_id: preference.id,
    site_id: preference.siteId,
    processing_mode: 'aggregator',
    merchant_account_id: null,
  }
  for (const [name, value] of Object.entries(told))
    url.searchParams.set(name, String(value ?? null))
  return url.href
}
