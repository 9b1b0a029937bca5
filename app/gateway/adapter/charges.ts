import { fromDecimal, sumMinor } from '#app/core/money'
import type { ChargeType, ProviderCharge } from '#app/gateway/provider'
import { idText, list, object, text, type Json } from './json.js'

interface Found {
  name: string
  amountMinor: number
  refundedMinor: number
}

const chargeType = (name: string): ChargeType => {
  if (name.startsWith('tax')) return 'tax'
  if (name.startsWith('financing')) return 'financing'
  return name === 'fee' || name === 'mercadopago_fee' ? 'fee' : 'other'
}

/** The detailed list: the only one that tells what was given back. */
function detailed(payment: Json, minor: (value: unknown) => number): Found[] {
  const collector = ['collector', idText(payment.collector_id)]
  return list(payment.charges_details)
    .filter((charge) => collector.includes(idText(object(charge.accounts).from)))
    .map((charge) => ({
      name: charge.name === 'application_fee' ? 'application_fee' : (text(charge.type) ?? 'other'),
      amountMinor: minor(object(charge.amounts).original),
      refundedMinor: minor(object(charge.amounts).refunded),
    }))
}

/** The older list and the taxes beside it. */
function summary(payment: Json, minor: (value: unknown) => number): Found[] {
  const fees = list(payment.fee_details)
    .filter((fee) => fee.fee_payer === 'collector')
    .map((fee) => ({ name: text(fee.type) ?? 'other', amountMinor: minor(fee.amount) }))
  const taxes = { name: 'tax', amountMinor: minor(payment.taxes_amount) }
  return [...fees, taxes].map((charge) => ({ ...charge, refundedMinor: 0 }))
}

/**
 * What the provider takes from the collector, and apart from it the platform's application fee.
 * The two lists of a payment tell the same money twice: never add them.
 * @throws RangeError for an amount that the currency cannot hold
 */
export function chargesOf(payment: Json, currency: string) {
  const minor = (value: unknown) => fromDecimal((value ?? 0) as number, currency)
  const details = detailed(payment, minor)
  const found = details.length > 0 ? details : summary(payment, minor)
  const isOurs = (charge: Found) => charge.name === 'application_fee'

  const charges: ProviderCharge[] = found
    .filter((charge) => !isOurs(charge) && charge.amountMinor !== 0)
    .map(({ name, ...amounts }) => ({ type: chargeType(name), ...amounts }))
  const ours = found.filter(isOurs)
  return {
    charges,
    applicationFeeMinor: sumMinor(ours.map(({ amountMinor }) => amountMinor)),
    applicationFeeReturnedMinor: sumMinor(ours.map(({ refundedMinor }) => refundedMinor)),
  }
}
