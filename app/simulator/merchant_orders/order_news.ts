import type { Simulator } from '../simulator.js'
import type { MerchantOrder } from './merchant_order.js'

/** To the address of the purchase, or else to the application's. The body names the order in `id`. */
export function tellOrder(
  sim: Simulator,
  order: MerchantOrder,
  action: 'create' | 'update',
  at: number
): void {
  const { accountId, clientId, status } = order
  const url = order.notificationUrl ?? sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const dataId = String(order.id)
  const draft = { accountId, clientId, url, topic: 'topic_merchant_order_wh', dataId, action }
  sim.notifier.announce(draft, at, {
    id: dataId,
    application_id: clientId,
    data: { currency_id: '', marketplace: order.marketplace, status },
    live_mode: order.liveMode,
    status,
    version: order.version,
  })
}
