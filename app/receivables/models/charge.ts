import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ChargeSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'
import type { AccountRef, ProviderPayment, ProviderPreference } from '#app/gateway/provider'
import type { ChargeMethod } from '#app/gateway/sites'
import Receivable from '#app/receivables/models/receivable'
import {
  activeStates,
  chargeStateOf,
  isPaid,
  isWaiting,
  mayFollow,
  stateOfAttempts,
  type ChargeState,
  type Standing,
} from '#app/receivables/charge_states'

export { activeStates }
export type { ChargeMethod }

/** One way of paying a receivable that was offered. Where its money goes never changes. */
export default class Charge extends compose(ChargeSchema, OwnId) {
  declare method: ChargeMethod
  declare state: ChargeState
  declare mode: 'centralized' | 'connected'

  @belongsTo(() => Receivable)
  declare receivable: BelongsTo<typeof Receivable>

  /** The account that it was issued on: all later calls about it are made there. */
  get account(): AccountRef {
    if (this.platformAccountId) return { kind: 'platform', id: this.platformAccountId }
    if (this.connectionId)
      return { kind: 'connection', tenantId: this.tenantId, id: this.connectionId }
    throw new Error(`Charge ${this.id} names no account`)
  }

  /** A customer can still pay it, or soon can: no other of its kind may be issued. */
  get isActive(): boolean {
    return (activeStates as readonly ChargeState[]).includes(this.state)
  }

  /** The provider has made it and the customer may pay. */
  get isWaiting(): boolean {
    return isWaiting(this.state)
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

  /**
   * A payment link stands as all attempts made in it do together; does not save. Attempts that
   * brought nothing never end it, and never open one again that has ended.
   */
  followAttempts(attempts: readonly Standing[]): void {
    const state = stateOfAttempts(attempts.map(chargeStateOf))
    const fits = isPaid(state) ? mayFollow(this.state, state) : this.isWaiting
    if (fits) this.moveTo(state)
  }

  /** Takes over where the provider's checkout is. */
  openCheckout({ id, checkoutUrl, closesAt }: ProviderPreference): this {
    this.providerPreferenceId = id
    this.checkoutUrl = checkoutUrl
    if (closesAt) this.expiresAt = closesAt
    return this.moveTo('pending')
  }

  /** The provider's checkout takes no more payments for it; only of a payment link. */
  closeCheckout(): this {
    if (this.method === 'link') this.checkoutClosedAt ??= clock.now()
    return this
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
