import { findMethod } from '../data/payment_methods.js'
import { SITES } from '../data/sites.js'
import { paymentCardView } from './card_view.js'
import { pointOfInteraction, ticketUrl, transactionDetails } from './payment_details_view.js'
import { APPLICATION_FEE } from '../life/owner_share.js'
import { fromMinor } from '../money.js'
import type { Charge, Payment, Refund } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
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
    status: 'approved',
    reason: refund.reason,
    labels: [],
    partition_details: [],
    amount_refunded_to_payer: amount,
    additional_data: null,
    expiration_date: null,
  }
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

function payerView(payment: Payment) {
  const { payer } = payment
  return {
    id: payer.customerId ?? String(payer.id),
    type: payer.customerId && 'customer',
    email: payer.email,
    first_name: payer.first_name,
    last_name: payer.last_name,
    entity_type: payer.entity_type,
    identification: payer.identification ?? { type: null, number: null },
    phone: { area_code: null, number: null, extension: null },
    address: payer.address ?? {},
    operator_id: null,
  }
}

function moneyView(payment: Payment, decimal: (minor: number) => number) {
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
    refunds: payment.refunds.map((refund) => refundView(payment, refund)),
  }
}

function datesView(payment: Payment) {
  const released = payment.released ? 'released' : 'pending'
  return {
    date_created: wireTime(payment.createdAt),
    date_approved: wireTime(payment.approvedAt),
    date_last_updated: wireTime(payment.updatedAt),
    date_of_expiration: wireTime(payment.expiresAt),
    money_release_date: wireTime(payment.releaseAt),
    money_release_status: payment.approvedAt === null ? null : released,
    money_release_schema: null,
  }
}

/** The payment as `GET /v1/payments/:id` answers it. */
export function paymentView(sim: Simulator, payment: Payment) {
  const { decimals } = SITES[payment.siteId]
  const decimal = (minor: number) => fromMinor(minor, decimals)
  const method = findMethod(payment.siteId, payment.methodId)!
  const { rules, ...echo } = payment.echo
  const barcode = payment.boleto?.barcode ?? payment.voucher?.barcode
  return {
    id: payment.id,
    ...datesView(payment),
    operation_type: payment.recurring?.operation ?? 'regular_payment',
    issuer_id: payment.issuerId,
    payment_method_id: method.id,
    payment_type_id: method.typeId,
    payment_method: {
      id: method.id,
      type: method.typeId,
      issuer_id: payment.issuerId,
      ...(rules && { data: { rules } }),
    },
    status: payment.status,
    status_detail: payment.statusDetail,
    currency_id: payment.currencyId,
    live_mode: payment.liveMode,
    authorization_code: payment.authorizationCode,
    collector_id: payment.collectorId,
    payer: payerView(payment),
    marketplace_owner: payment.applicationFee?.ownerId ?? null,
    ...echo,
    order: payment.merchantOrderId ? { id: `${payment.merchantOrderId}`, type: 'mercadopago' } : {},
    external_reference: payment.externalReference,
    ...moneyView(payment, decimal),
    installments: payment.installments,
    transaction_details: transactionDetails(sim, payment, decimal),
    captured: payment.captured,
    call_for_authorize_id: null,
    card: payment.card ? paymentCardView(payment.card) : {},
    ...(barcode && { barcode: { content: barcode } }),
    notification_url: payment.notificationUrl,
    ...(payment.statusDetail === 'pending_challenge' && {
      three_ds_info: { external_resource_url: ticketUrl(sim, payment), creq: payment.ticketHash },
    }),
    processing_mode: 'aggregator',
    merchant_account_id: null,
    merchant_number: null,
    acquirer_reconciliation: [],
    point_of_interaction: pointOfInteraction(sim, payment),
    differential_pricing_id: null,
    deduction_schema: null,
    counter_currency: null,
    pos_id: null,
    store_id: null,
    build_version: 'simulator',
  }
}
