import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { WebhookEventSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import Tenant from '#app/tenants/models/tenant'
import WebhookReplay from '#app/webhooks/models/webhook_replay'

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
  declare replayedState: WebhookEventState | null

  /** Whose charge it was about; null until it was processed, or when it was nobody's. */
  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>

  /** The last one that it was part of. */
  @belongsTo(() => WebhookReplay, { foreignKey: 'replayId' })
  declare replay: BelongsTo<typeof WebhookReplay>

  /** Looking again can tell something; what is at work is looked at anyway. */
  get mayBeReplayed(): boolean {
    return this.signature !== 'invalid' && this.resourceId !== ''
  }

  /** It changed nothing, and nobody has looked at it. */
  get isQuarantined(): boolean {
    return this.state === 'rejected' && this.reviewedAt === null
  }
}
