import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { WebhookEventSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import Tenant from '#app/tenants/models/tenant'

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

  /** Whose charge it was about; null until it was processed, or when it was nobody's. */
  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>
}
