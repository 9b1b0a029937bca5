import { fromDecimal } from '#app/core/money'
import type { PaymentNews, ProviderPayment, ProviderRefund } from '#app/gateway/provider'
import { chargesOf } from './charges.js'
import { idText, instant, list, object, required, text, webAddress, type Json } from './json.js'

/**
 * The provider's payment in our words.
 * @throws TypeError or RangeError when it lacks what a payment must have
 */
export function readPayment(json: unknown): ProviderPayment {
  const payment = object(json)
  const currency = required(text(payment.currency_id), 'currency_id')
  const minor = (value: unknown) => fromDecimal((value ?? 0) as number, currency)
  const createdAt = required(instant(payment.date_created), 'date_created')
  const details = object(payment.transaction_details)
  return {
    id: required(idText(payment.id), 'id'),
    status: required(text(payment.status), 'status'),
    statusDetail: text(payment.status_detail),
    collectorId: required(collectorOf(payment), 'collector_id'),
    externalReference: text(payment.external_reference),
    currency,
    amountMinor: fromDecimal(payment.transaction_amount as number, currency),
    refundedMinor: minor(payment.transaction_amount_refunded),
    netReceivedMinor: netReceived(payment, details, minor),
    method: text(payment.payment_method_id) ?? 'unknown',
    type: text(payment.payment_type_id) ?? 'unknown',
    liveMode: payment.live_mode === true,
    createdAt,
    updatedAt: instant(payment.date_last_updated) ?? createdAt,
    approvedAt: instant(payment.date_approved),
    expiresAt: instant(payment.date_of_expiration),
    moneyReleaseAt: instant(payment.money_release_date),
    moneyReleaseStatus: text(payment.money_release_status),
    ...chargesOf(payment, currency),
    refunds: list(payment.refunds).map((refund) => readRefund(refund, currency, createdAt)),
    boleto: readBoleto(payment, details),
    pix: readPix(payment),
    snapshot: withoutPayer(payment),
  }
}

/**
 * What a search has to tell of a payment, so that it can be asked for.
 * @throws TypeError
 */
export function readNews(json: unknown): PaymentNews {
  const payment = object(json)
  const updatedAt = instant(payment.date_last_updated) ?? instant(payment.date_created)
  return {
    id: required(idText(payment.id), 'id'),
    collectorId: collectorOf(payment),
    updatedAt: required(updatedAt, 'date_last_updated'),
  }
}

const collectorOf = (payment: Json) =>
  idText(payment.collector_id) ?? idText(object(payment.collector).id)

/** Zero until it is approved, which would read as "nothing is left"; so would one left out. */
function netReceived(payment: Json, details: Json, minor: (value: unknown) => number) {
  const net = details.net_received_amount ?? null
  return payment.date_approved && net !== null ? minor(net) : null
}

function readRefund(
  refund: Json,
  currency: string,
  otherwise: ProviderRefund['createdAt']
): ProviderRefund {
  return {
    id: required(idText(refund.id), 'refund.id'),
    amountMinor: fromDecimal(refund.amount as number, currency),
    status: text(refund.status) ?? 'approved',
    source: text(object(refund.source).type),
    createdAt: instant(refund.date_created) ?? otherwise,
  }
}

/** The official samples put the barcode at the top, the official types inside the details. */
function readBoleto(payment: Json, details: Json): ProviderPayment['boleto'] {
  if (payment.payment_type_id !== 'ticket') return null
  return {
    digitableLine: text(details.digitable_line),
    barcode: text(object(payment.barcode).content) ?? text(object(details.barcode).content),
    documentUrl: webAddress(details.external_resource_url),
  }
}

function readPix(payment: Json): ProviderPayment['pix'] {
  if (payment.payment_method_id !== 'pix') return null
  const data = object(object(payment.point_of_interaction).transaction_data)
  return { qrCode: text(data.qr_code), ticketUrl: webAddress(data.ticket_url) }
}

/** Who paid is the customer's own business: it is not kept. Neither is a picture of a text. */
function withoutPayer(payment: Json): Json {
  const personal = ['payer', 'cardholder', 'api_response', 'qr_code_base64']
  const kept = JSON.stringify(payment, (key, value) => (personal.includes(key) ? undefined : value))
  return JSON.parse(kept)
}
