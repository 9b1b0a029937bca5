import vine from '@vinejs/vine'
import { healths } from '#app/gateway/queries/connection_health'

/** Why a notification changed nothing; each has its words in `admin.webhooks.reasons`. */
export const verdictReasons = [
  'bad_signature',
  'invalid_tenant',
  'unknown_topic',
  'no_resource',
  'no_handler',
  'not_found',
  'unknown_user',
  'no_credential',
  'unknown_reference',
  'outdated',
  'nothing_paid',
] as const

const after = vine.string().uuid().optional()

export const tenantListValidator = vine.create({
  q: vine.string().trim().maxLength(160).optional(),
  state: vine.enum(['pending', 'active', 'suspended', 'closed']).optional(),
  after,
})

export const connectionListValidator = vine.create({
  q: vine.string().trim().maxLength(160).optional(),
  state: vine
    .enum(['connected', 'needs_reauthorization', 'disconnecting', 'disconnected'])
    .optional(),
  health: vine.enum(healths).optional(),
  after,
})
