import type { Application } from '../store/accounts.js'
import type { Delivery } from './delivery.js'

/** What the older notifications call their topics; the rest never had any. */
const LEGACY_TOPICS: Record<string, string> = {
  payment: 'payment',
  topic_chargebacks_wh: 'chargebacks',
  topic_merchant_order_wh: 'merchant_order',
}

/** Which spellings one piece of news goes out in: its address may ask for one, the panel for both. */
export function formatsOf(
  { url, topic }: Delivery,
  application: Application | undefined
): Delivery['format'][] {
  const asked = new URL(url).searchParams.get('source_news')
  if (!(topic in LEGACY_TOPICS) || asked === 'webhooks') return ['webhook']
  if (asked === 'ipn') return ['ipn']
  return application?.legacy_ipn ? ['webhook', 'ipn'] : ['webhook']
}

/**
 * The same news as it used to be told: a topic and an id, and no signature that could be checked.
 * Only a merchant order is named by its whole address.
 */
export function legacyTwin(delivery: Delivery, id: number, apiUrl: string): Delivery {
  const topic = LEGACY_TOPICS[delivery.topic]
  const { dataId } = delivery
  const resource = topic === 'merchant_order' ? `${apiUrl}/merchant_orders/${dataId}` : dataId
  const body = { resource, topic }
  return { ...delivery, id, format: 'ipn', topic, body, bareId: false, signing: 'unsigned' }
}
