import { compose } from '@adonisjs/core/helpers'
import { NewsSilenceSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

export type SilenceEnd = 'news' | 'nothing_open'

/** An account that normally has news, and has none. At most one of an account is open. */
export default class NewsSilence extends compose(NewsSilenceSchema, OwnId) {
  declare endReason: SilenceEnd | null
}
