import { SITES } from '../data/sites.js'
import { amountText } from '../orders/amounts.js'
import type { Order } from '../orders/order.js'
import { paidMinor, transactionsOf, type Processed } from '../orders/processed.js'
import { isObject } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { isoTime } from '../time.js'
import { orderChargebackView, orderRefundView, transactionView } from './order_transaction_view.js'

/** ISO 3166-1 alpha-3 of each site. */
const COUNTRY_CODES: Record<string, string> = {
  MLA: 'ARG',
  MLB: 'BRA',
  MLC: 'CHL',
  MCO: 'COL',
  MLM: 'MEX',
  MPE: 'PER',
  MLU: 'URY',
}

function reversalsView(order: Order, processed: Processed[]) {
  const { refunds, chargebacks } = order
  return {
    ...(refunds.length > 0 && {
      refunds: refunds.map((one) => orderRefundView(order, one, processed)),
    }),
    ...(chargebacks.length > 0 && {
      chargebacks: chargebacks.map((one) => orderChargebackView(order, one, processed)),
    }),
  }
}

function integrationView({ clientId, echo }: Order) {
  const { integration_data: told } = echo
  return { application_id: clientId, ...(isObject(told) && told) }
}

/** An order as `GET /v1/orders/:id` answers it: what was not said is not there. */
export function orderView(sim: Simulator, order: Order) {
  const site = SITES[order.siteId]
  const processed = transactionsOf(sim, order)
  const { description, externalReference, expirationTime, marketplaceFeeMinor: fee, echo } = order
  return {
    id: order.id,
    type: order.type,
    processing_mode: order.processingMode,
    ...(externalReference && { external_reference: externalReference }),
    total_amount: amountText(order.totalMinor, site),
    total_paid_amount: amountText(paidMinor(processed), site),
    ...(fee !== null && { marketplace_fee: amountText(fee, site) }),
    ...(expirationTime && { expiration_time: expirationTime }),
    country_code: COUNTRY_CODES[order.siteId],
    user_id: String(order.accountId),
    status: order.status,
    status_detail: order.detail,
    capture_mode: order.captureMode,
    currency: order.currencyId,
    created_date: isoTime(order.createdAt),
    last_updated_date: isoTime(order.updatedAt),
    ...(description && { description }),
    ...echo,
    integration_data: integrationView(order),
    transactions: {
      payments: processed.map((one) => transactionView(sim, order, one)),
      ...reversalsView(order, processed),
    },
  }
}

/** What the calls that only move money answer. */
export function capturedView(sim: Simulator, order: Order) {
  const payments = transactionsOf(sim, order).map((one) => {
    const { id, amount, status, ...view } = transactionView(sim, order, one)
    const { status_detail: detail, reference_id: reference } = view
    return { id, amount, status, status_detail: detail, reference_id: reference }
  })
  return {
    id: order.id,
    status: order.status,
    status_detail: order.detail,
    transactions: { payments },
  }
}

export function refundedView(sim: Simulator, order: Order) {
  const { refunds } = reversalsView(order, transactionsOf(sim, order))
  return {
    id: order.id,
    status: order.status,
    status_detail: order.detail,
    transactions: { refunds: refunds ?? [] },
  }
}
