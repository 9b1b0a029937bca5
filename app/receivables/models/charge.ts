import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ChargeSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { AccountRef, ProviderPayment } from '#app/gateway/provider'
import Receivable from '#app/receivables/models/receivable'
import {
  activeStates,
  chargeStateOf,
  mayFollow,
  type ChargeState,
} from '#app/receivables/charge_states'

export type ChargeMethod = 'boleto' | 'pix'

/** One way of paying a receivable that was offered. Where its money goes never changes. */
export default class Charge extends compose(ChargeSchema, OwnId) {
  declare method: ChargeMethod
  declare state: ChargeState
  declare mode: 'centralized' | 'connected'

  @belongsTo(() => Receivable)
  declare receivable: BelongsTo<typeof Receivable>

  /** The account that it was issued on: all later calls about it are made there. */
  get account(): AccountRef {
    if (this.platformAccountId === null) throw new Error(`Charge ${this.id} names no account`)
    return { kind: 'platform', id: this.platformAccountId }
  }

  /** A customer can still pay it, or soon can: no other of its kind may be issued. */
  get isActive(): boolean {
    return (activeStates as readonly ChargeState[]).includes(this.state)
  }

  /**
   * The only way a charge changes its state; does not save. The state that it has already is no
   * change.
   * @throws IllegalChargeTransition
   */
  moveTo(state: ChargeState): this {
    if (state === this.state) return this
    if (!mayFollow(this.state, state)) throw new IllegalChargeTransition(this, state)
    this.state = state
    if (state !== 'scheduled' && state !== 'creating') this.nextAttemptAt = null
    return this
  }

  /**
   * Takes over the provider's payment and the state that it gives; does not save.
   * @returns false, with the state as it was, when the table does not have that change
   */
  follow(payment: ProviderPayment): boolean {
    this.takeOver(payment)
    const state = chargeStateOf(payment)
    const allowed = state !== null && (state === this.state || mayFollow(this.state, state))
    if (allowed) this.moveTo(state)
    return allowed
  }

  /** Takes over what the provider made of it: its id and what the customer pays with. */
  takeOver(payment: ProviderPayment): this {
    this.providerPaymentId = payment.id
    this.providerUpdatedAt = payment.updatedAt
    if (payment.expiresAt) this.expiresAt = payment.expiresAt
    this.digitableLine = payment.boleto?.digitableLine ?? this.digitableLine
    this.barcode = payment.boleto?.barcode ?? this.barcode
    this.documentUrl = payment.boleto?.documentUrl ?? payment.pix?.ticketUrl ?? this.documentUrl
    this.qrCode = payment.pix?.qrCode ?? this.qrCode
    return this
  }
}

/** A change that the table does not have: a mistake of ours, never of a user. */
export class IllegalChargeTransition extends Error {
  constructor(charge: Charge, to: ChargeState) {
    super(`Charge ${charge.id} cannot go from ${charge.state} to ${to}`)
  }
}
