import { compose } from '@adonisjs/core/helpers'
import { WebhookReplaySchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** Notifications that were put back at once. */
export default class WebhookReplay extends compose(WebhookReplaySchema, OwnId) {}
