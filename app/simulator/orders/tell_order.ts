import {
  orderChargebackView,
  orderRefundView,
  transactionNews,
} from '../api/order_transaction_view.js'
import { SITES } from '../data/sites.js'
import type { Simulator } from '../simulator.js'
import { isoTime } from '../time.js'
import { amountText } from './amounts.js'
import type { Order } from './order.js'
import { paidMinor, type Processed } from './processed.js'

function dataOf(order: Order, processed: Processed[]) {
  const minor = paidMinor(processed)
  return {
    external_reference: order.externalReference ?? undefined,
    id: order.id,
    status: order.status,
    status_detail: order.detail,
    total_amount: amountText(order.totalMinor, SITES[order.siteId]),
    ...(minor > 0 && { total_paid_amount: amountText(minor, SITES[order.siteId]) }),
    transactions: {
      payments: processed.map((one) => transactionNews(order, one)),
      ...(order.refunds.length > 0 && {
        refunds: order.refunds.map((one) => orderRefundView(order, one, processed)),
      }),
      ...(order.chargebacks.length > 0 && {
        chargebacks: order.chargebacks.map((one) => orderChargebackView(order, one, processed)),
      }),
    },
    type: order.type,
    version: order.version,
  }
}

/** Of the topic `order`: to the application's own address only, its id in small letters where it is signed. */
export function tell(
  sim: Simulator,
  order: Order,
  processed: Processed[],
  action: string,
  at: number
): void {
  const { accountId, clientId, id } = order
  const url = sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const draft = { accountId, clientId, url, topic: 'order', dataId: id, action: `order.${action}` }
  sim.notifier.announce({ ...draft, signedIdCase: 'lower' }, at, {
    id: undefined,
    application_id: clientId,
    data: dataOf(order, processed),
    date_created: isoTime(at),
    live_mode: order.liveMode,
    user_id: String(accountId),
  })
}
