import { SITES } from '../data/sites.js'
import { paymentsOf } from '../merchant_orders/order_life.js'
import type { MerchantOrder } from '../merchant_orders/merchant_order.js'
import { fromMinor } from '../money.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'

type Decimal = (minor: number) => number

function paymentView(payment: Payment, decimal: Decimal) {
  return {
    id: payment.id,
    transaction_amount: decimal(payment.amountMinor),
    total_paid_amount: decimal(payment.amountMinor),
    shipping_cost: 0,
    currency_id: payment.currencyId,
    status: payment.status,
    status_detail: payment.statusDetail,
    operation_type: 'regular_payment',
    date_approved: wireTime(payment.approvedAt),
    date_created: wireTime(payment.createdAt),
    last_modified: wireTime(payment.updatedAt),
    amount_refunded: decimal(payment.refundedMinor),
  }
}

function amountsView(order: MerchantOrder, decimal: Decimal) {
  return {
    shipping_cost: decimal(order.shippingMinor),
    total_amount: decimal(order.totalMinor),
    paid_amount: decimal(order.paidMinor),
    refunded_amount: decimal(order.refundedMinor),
    items: order.items.map(({ unitPriceMinor, ...item }) => ({
      ...item,
      unit_price: decimal(unitPriceMinor),
    })),
  }
}

/** The order as `GET /merchant_orders/:id` answers it. */
export function merchantOrderView(sim: Simulator, order: MerchantOrder) {
  const decimal = (minor: number) => fromMinor(minor, SITES[order.siteId].decimals)
  const collector = sim.accounts.find(order.accountId)!
  return {
    id: order.id,
    status: order.status,
    external_reference: order.externalReference,
    preference_id: order.preferenceId,
    payments: paymentsOf(sim, order).map((payment) => paymentView(payment, decimal)),
    shipments: order.shipments,
    payouts: [],
    collector: { id: collector.id, email: '', nickname: collector.nickname },
    marketplace: order.marketplace,
    notification_url: order.notificationUrl,
    date_created: wireTime(order.createdAt),
    last_updated: wireTime(order.updatedAt),
    sponsor_id: order.sponsorId,
    site_id: order.siteId,
    ...amountsView(order, decimal),
    payer: order.payer && { ...order.payer, email: '' },
    cancelled: order.status === 'expired',
    additional_info: order.additionalInfo,
    application_id: order.clientId,
    is_test: !order.liveMode,
    order_status: order.orderStatus,
  }
}
