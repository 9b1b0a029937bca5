import { compose } from '@adonisjs/core/helpers'
import { DisputeSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { DisputeKind, DisputeState } from '#app/payments/postings/facts'

/** The payer, or his bank, wants the money back. */
export default class Dispute extends compose(DisputeSchema, OwnId) {
  declare kind: DisputeKind
  declare state: DisputeState

  /** The only way a dispute changes its state; does not save. @throws Error once it has ended. */
  moveTo(state: DisputeState): this {
    if (state === this.state) return this
    if (this.state && this.state !== 'open') {
      throw new Error(`Dispute ${this.key} is ${this.state} and cannot become ${state}`)
    }
    this.state = state
    return this
  }
}
