import { createHash } from 'node:crypto'
import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { ConnectionAttemptSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'

/** What a row holds instead of a value: whoever reads it cannot present that. */
export const fingerprint = (value: string): string =>
  createHash('sha256').update(value).digest('hex')

/**
 * `to_choose`: the account that came back is not the one of before, and its owner is asked.
 */
export type AttemptState = 'pending' | 'to_choose' | 'completed' | 'refused' | 'expired'

/** Why an attempt brought nothing; each has its words in `connect.reasons`. */
export type AttemptReason =
  | 'denied'
  | 'expired'
  | 'abandoned'
  | 'another_session'
  | 'not_owner'
  | 'interrupted'
  | 'application_refused'
  | 'code_refused'
  | 'not_answered'
  | 'unreadable'
  | 'platform_account'
  | 'taken'
  | 'another_currency'
  | 'not_chosen'

/** Longer than the provider may take to answer. */
const ASKING = { minutes: 1 }

/** One try to connect an account: used once, within ten minutes, by whom and where it was begun. */
export default class ConnectionAttempt extends compose(ConnectionAttemptSchema, OwnId) {
  declare state: AttemptState
  declare reason: AttemptReason | null

  @column({ serializeAs: null })
  declare verifierCiphertext: string | null

  @column({ serializeAs: null })
  declare grantCiphertext: string | null

  /** Begun by this user in this session: nobody else may answer it. */
  belongsTo(user: { userId: string; sessionId: string }): boolean {
    return this.userId === user.userId && this.sessionHash === fingerprint(user.sessionId)
  }

  get isOver(): boolean {
    return this.expiresAt <= clock.now()
  }

  /** What its page tells; `asking`: consent came back, and the provider is asked for the tokens. */
  get phase(): AttemptState | 'asking' {
    const isAsking = this.reason === 'interrupted' && this.endedAt! > clock.now().minus(ASKING)
    if (isAsking) return 'asking'
    const isOpen = this.state === 'pending' || this.state === 'to_choose'
    return isOpen && this.isOver ? 'expired' : this.state
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
