import vine from '@vinejs/vine'
import { webhookEventStates } from '#app/webhooks/models/webhook_event'

const text = (most: number) => vine.string().trim().maxLength(most).optional()
const day = () =>
  vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()

/** What the fields above the list say; days are the reader's. */
const filter = {
  q: text(64),
  state: vine.enum(webhookEventStates).optional(),
  reason: text(64),
  topic: text(64),
  account: vine
    .string()
    .trim()
    .regex(/^\d{1,24}$/)
    .optional(),
  tenant: text(160),
  since: day(),
  until: day(),
  replay: vine.string().uuid().optional(),
}

const chosen = {
  ...filter,
  ids: vine.array(vine.string().uuid()).minLength(1).maxLength(100).optional(),
}

const after = vine.string().uuid().optional()

export const eventListValidator = vine.create({ ...filter, after })

export const quarantineValidator = vine.create({
  reason: text(64),
  view: vine.enum(['open', 'reviewed']).optional(),
  after,
})

export const askValidator = vine.create({ ask: vine.enum(['now']).optional() })

export const replayPreviewValidator = vine.create(chosen)

export const replayValidator = vine.create({
  ...chosen,
  _key: vine.string(),
  up_to: vine.string().uuid(),
})

export const reviewValidator = vine.create({
  _key: vine.string(),
  ids: vine.array(vine.string().uuid()).minLength(1).maxLength(100),
  note: vine.string().trim().minLength(3).maxLength(500),
})
