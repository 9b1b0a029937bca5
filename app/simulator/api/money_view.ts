import { SITES } from '../data/sites.js'
import { APPLICATION_FEE } from '../life/owner_share.js'
import { fromMinor } from '../money.js'
import type { Charge, Payment, Refund } from '../payments/payment.js'
import { wireTime } from '../time.js'

export function refundView(payment: Payment, refund: Refund) {
  const amount = fromMinor(refund.amountMinor, SITES[payment.siteId].decimals)
  return {
    id: refund.id,
    payment_id: payment.id,
    amount,
    metadata: {},
    source: { id: refund.sourceId, name: refund.sourceName, type: refund.sourceType },
    date_created: wireTime(refund.createdAt),
    unique_sequence_number: null,
    refund_mode: 'standard',
    adjustment_amount: 0,
    status: refund.status,
    reason: refund.reason,
    labels: [],
    partition_details: [],
    amount_refunded_to_payer: refund.status === 'approved' ? amount : 0,
    additional_data: null,
    expiration_date: null,
  }
}

/** One under way is shown only to who asks for it. */
export function settledRefunds({ refunds }: Payment): Refund[] {
  return refunds.filter(({ status }) => status !== 'in_process')
}

function receiverOf(charge: Charge): string {
  if (charge.name === APPLICATION_FEE) return 'marketplace_owner'
  return charge.type === 'tax' ? 'tax_authority' : 'mp'
}

function chargeView(payment: Payment, charge: Charge, decimal: (minor: number) => number) {
  return {
    id: charge.id,
    name: charge.name,
    type: charge.type,
    accounts: { from: 'collector', to: receiverOf(charge) },
    client_id: charge.name === APPLICATION_FEE ? Number(payment.clientId) : 0,
    date_created: wireTime(charge.createdAt),
    last_updated: wireTime(charge.updatedAt),
    amounts: {
      original: decimal(charge.originalMinor),
      refunded: decimal(charge.refundedMinor),
    },
    metadata: {},
    reserve_id: null,
    refund_charges: [],
  }
}

/** What of a payment is money. */
export function moneyView(payment: Payment, decimal: (minor: number) => number) {
  const fees = payment.charges.filter((charge) => charge.type === 'fee')
  const taxes = payment.charges.filter((charge) => charge.type === 'tax')
  return {
    transaction_amount: decimal(payment.amountMinor),
    transaction_amount_refunded: decimal(payment.refundedMinor),
    coupon_amount: 0,
    shipping_amount: 0,
    taxes_amount: decimal(taxes.reduce((sum, tax) => sum + tax.originalMinor, 0)),
    fee_details: fees.map((fee) => ({
      type: fee.name,
      amount: decimal(fee.originalMinor),
      fee_payer: 'collector',
    })),
    charges_details: payment.charges.map((charge) => chargeView(payment, charge, decimal)),
    refunds: settledRefunds(payment).map((refund) => refundView(payment, refund)),
  }
}
