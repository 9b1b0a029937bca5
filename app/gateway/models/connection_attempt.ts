import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { ConnectionAttemptSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'

/**
 * `to_choose`: the account that came back is not the one of before, and its owner is asked.
 */
export type AttemptState = 'pending' | 'to_choose' | 'completed' | 'refused' | 'expired'

/** Why an attempt brought nothing; each has its words in `gateway.attempts`. */
export type AttemptReason =
  | 'denied'
  | 'expired'
  | 'abandoned'
  | 'another_session'
  | 'code_refused'
  | 'not_answered'
  | 'unreadable'
  | 'platform_account'
  | 'taken'
  | 'another_currency'
  | 'not_chosen'

/** One try to connect an account: used once, within ten minutes, by whom and where it was begun. */
export default class ConnectionAttempt extends compose(ConnectionAttemptSchema, OwnId) {
  declare state: AttemptState
  declare reason: AttemptReason | null

  @column({ serializeAs: null })
  declare verifierCiphertext: string | null

  @column({ serializeAs: null })
  declare grantCiphertext: string | null

  get isOver(): boolean {
    return this.expiresAt <= clock.now()
  }

  /** Nothing that was sealed in it is kept; does not save. */
  end(state: AttemptState, reason: AttemptReason | null = null): this {
    this.state = state
    this.reason = reason
    this.verifierCiphertext = null
    this.grantCiphertext = null
    this.endedAt = clock.now()
    return this
  }
}
