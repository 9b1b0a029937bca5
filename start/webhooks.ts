import { LookAtConnection } from '#app/gateway/actions/look_at_connection'
import { SettleOrder } from '#app/payments/actions/settle_order'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import { ownersOfPayments } from '#app/payments/queries/owners_of_payments'
import type { WebhookWiring } from '#app/webhooks/wiring'

/** Which modules turn a topic's notifications into facts, asked in order; one claims it. */
const webhooks: WebhookWiring = {
  topics: {
    'payment': [SettlePayment],
    'merchant_order': [SettleOrder],
    'topic_merchant_order_wh': [SettleOrder],
    'mp-connect': [LookAtConnection],
  },
  aboutAccounts: ['mp-connect'],
  ownersOf: { payment: ownersOfPayments },
}

export default webhooks
