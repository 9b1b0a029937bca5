import type { WebhookWiring } from '#app/webhooks/wiring'

/** Which modules turn a topic's notifications into facts, asked in order; one claims it. */
const webhooks: WebhookWiring = {
  topics: {},
  ownersOf: {},
}

export default webhooks
