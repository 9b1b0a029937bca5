import { findMethod, type PaymentMethod } from '../data/payment_methods.js'
import { SITES } from '../data/sites.js'
import { paymentCardView } from './card_view.js'
import { moneyView } from './money_view.js'
import { pointOfInteraction, ticketUrl, transactionDetails } from './payment_details_view.js'
import { fromMinor } from '../money.js'
import type { Payment, PaymentEcho } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'

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

function methodView({ issuerId, boleto, echo: { rules } }: Payment, method: PaymentMethod) {
  return {
    id: method.id,
    type: method.typeId,
    issuer_id: issuerId,
    ...(rules && { data: { rules } }),
    ...(boleto && { forward_data: { ticket_number: '', agreement_number: '' } }),
  }
}

/** Fields that every answer has and no payment here fills. */
const NOT_TOLD = { available_balance: null, nsu_processadora: null, authentication_code: null }
const COLOMBIAN = { net_amount: null, taxes: [{ value: null, type: 'IVA' }], tags: null }

function echoView({ additional_info: info, rules, ...echo }: PaymentEcho) {
  return { ...echo, additional_info: { ...info, ...NOT_TOLD } }
}

/** The payment as `GET /v1/payments/:id` answers it. */
export function paymentView(sim: Simulator, payment: Payment) {
  const { decimals } = SITES[payment.siteId]
  const decimal = (minor: number) => fromMinor(minor, decimals)
  const method = findMethod(payment.siteId, payment.methodId)!
  const barcode = payment.boleto?.barcode ?? payment.voucher?.barcode
  return {
    id: payment.id,
    ...datesView(payment),
    operation_type: payment.recurring?.operation ?? 'regular_payment',
    issuer_id: payment.issuerId,
    payment_method_id: method.id,
    payment_type_id: method.typeId,
    payment_method: methodView(payment, method),
    status: payment.status,
    status_detail: payment.statusDetail,
    currency_id: payment.currencyId,
    live_mode: payment.liveMode,
    authorization_code: payment.authorizationCode,
    collector_id: payment.collectorId,
    payer: payerView(payment),
    marketplace_owner: payment.applicationFee?.ownerId ?? null,
    ...echoView(payment.echo),
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
    brand_id: null,
    financing_group: null,
    ...(payment.siteId === 'MCO' && COLOMBIAN),
    pos_id: null,
    store_id: null,
    build_version: 'simulator',
  }
}
