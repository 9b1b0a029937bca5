import { compose } from '@adonisjs/core/helpers'
import { WebhookEventSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

export const webhookEventStates = [
  'received',
  'processed',
  'ignored',
  'rejected',
  'failed',
] as const
export type WebhookEventState = (typeof webhookEventStates)[number]

/** One notification as it came in, and what became of it. */
export default class WebhookEvent extends compose(WebhookEventSchema, OwnId) {
  declare state: WebhookEventState
  declare signature: 'valid' | 'missing' | 'invalid'
}
