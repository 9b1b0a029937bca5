import { compose } from '@adonisjs/core/helpers'
import { SendingSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'

export type SendingKind = 'receivable' | 'reminder' | 'receipt' | 'digest'
export type SendingState = 'waiting' | 'sent' | 'failed' | 'skipped'

/** Why a mail was not sent: the mail server's doing, or what had changed until it was its turn. */
export type SendingReason =
  | 'refused'
  | 'gave_up'
  | 'ended'
  | 'being_paid'
  | 'no_way'
  | 'stopped'
  | 'off'
  | 'late'
  | 'not_wanted'

/** One mail that was to be sent, and what became of it. */
export default class Sending extends compose(SendingSchema, OwnId) {
  declare kind: SendingKind
  declare state: SendingState
  declare reason: SendingReason | null

  /** The mail server has taken it; does not save. */
  markSent(): Sending {
    this.#end('sent')
    return (this as Sending).merge({ sentAt: clock.now(), answer: null })
  }

  /** It never will be; does not save. @param answer of the mail server, without addresses */
  markFailed(reason: 'refused' | 'gave_up', answer: string): Sending {
    this.#end('failed')
    return (this as Sending).merge({ reason, answer })
  }

  /** There is no reason for it any more; does not save. */
  markSkipped(reason: SendingReason): Sending {
    this.#end('skipped')
    return (this as Sending).merge({ reason })
  }

  #end(state: SendingState): void {
    if (this.state !== 'waiting') throw new Error(`Sending ${this.id} has ended: ${this.state}`)
    this.state = state
  }
}
