import { compose } from '@adonisjs/core/helpers'
import { afterCreate, beforeUpdate, belongsTo, hasMany } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import { ReceivableSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'
import type { LatePaymentTerms } from '#app/gateway/provider'
import { amountDueOn, daysBack } from '#app/receivables/late_payment'
import Charge from '#app/receivables/models/charge'
import Customer from '#app/receivables/models/customer'
import { mayFollow, stateByAmounts, type ReceivableState } from '#app/receivables/receivable_states'
import { addWords, changeWords } from '#app/receivables/receivable_words'
import Store from '#app/tenants/models/store'
import Tenant from '#app/tenants/models/tenant'

/** Two business days, and a weekend with a holiday between. */
const DAYS_TO_BE_TOLD = 5

/** What a customer owes a tenant; it says nothing of how it is paid. */
export default class Receivable extends compose(ReceivableSchema, OwnId) {
  declare state: ReceivableState

  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>

  @belongsTo(() => Store)
  declare store: BelongsTo<typeof Store>

  @belongsTo(() => Customer)
  declare customer: BelongsTo<typeof Customer>

  @hasMany(() => Charge)
  declare charges: HasMany<typeof Charge>

  @afterCreate()
  static async addWords(receivable: Receivable) {
    await addWords(clientOf(receivable), [receivable])
  }

  @beforeUpdate()
  static async changeWords(receivable: Receivable) {
    const { description, reference } = receivable.$dirty
    if (description === undefined && reference === undefined) return
    await changeWords(clientOf(receivable), receivable)
  }

  /** What is still to be paid. */
  get outstandingMinor(): number {
    return Math.max(0, this.amountMinor - this.paidMinor - (this.waivedMinor ?? 0))
  }

  /** Fine, interest and discount, as a provider is told them; null when there are none. */
  get lateTerms(): LatePaymentTerms | null {
    const { finePercent, interestPercent, discountPercent, discountUntil } = this
    const discount =
      discountPercent && discountUntil ? { percent: discountPercent, until: discountUntil } : null
    if (!finePercent && !interestPercent && !discount) return null
    return { finePercent, interestPercent, discount }
  }

  /**
   * Whether fine, interest and discount explain what was paid, counted for a day on which it may
   * have been: a bank tells of a payment days later.
   * @param paidOn the day on which it was told of, where the tenant lives
   * @param askedMinor what was to be paid without them: all of it, or its rest
   */
  isAgreed(paidMinor: number, paidOn: string, askedMinor = this.amountMinor): boolean {
    if (this.lateTerms === null) return false
    const { dueOn, payUntil, finePercent, interestPercent, discountPercent, discountUntil } = this
    const terms = { finePercent, interestPercent, discountPercent, discountUntil }
    const owed = { amountMinor: askedMinor, dueOn, payUntil, ...terms }
    return daysBack(paidOn, DAYS_TO_BE_TOLD).some((day) => amountDueOn(owed, day) === paidMinor)
  }

  /** Nothing was paid on it and nothing ended it. */
  get isOpen(): boolean {
    return this.state === 'draft' || this.state === 'open'
  }

  /** All of it, or the rest of it, may still be asked for. */
  get isPayable(): boolean {
    return this.isOpen || this.state === 'partially_paid'
  }

  /**
   * Whether a charge asks for more than is still owed: it was offered before a payment came, and
   * must not be paid any more.
   */
  isSurplus({ amountMinor }: Pick<Charge, 'amountMinor'>): boolean {
    return !this.isPayable || amountMinor > this.outstandingMinor
  }

  /** @param today the date where the tenant lives */
  isOverdue(today: string): boolean {
    return (this.state === 'open' || this.state === 'partially_paid') && this.dueOn < today
  }

  /**
   * The only way a receivable changes its state; does not save.
   * @throws IllegalReceivableTransition
   */
  moveTo(state: ReceivableState): this {
    if (state === this.state) return this
    if (!mayFollow(this.state, state)) throw new IllegalReceivableTransition(this, state)
    this.state = state
    if (state === 'open') this.openedAt ??= clock.now()
    return this
  }

  /**
   * Sets what was paid and given back over all its payments, and the state that follows.
   * @param amounts gross sums in minor units; `chargedBackMinor` is what open or lost disputes hold
   */
  applyAmounts(amounts: {
    paidMinor: number
    refundedMinor: number
    chargedBackMinor?: number
  }): this {
    this.paidMinor = amounts.paidMinor
    this.refundedMinor = amounts.refundedMinor
    const { amountMinor } = this
    const waivedMinor = this.waivedMinor ?? 0
    const state = stateByAmounts({ amountMinor, waivedMinor, chargedBackMinor: 0, ...amounts })
    if (state === null) return this
    this.paidAt ??= state === 'paid' || state === 'overpaid' ? clock.now() : null
    return this.moveTo(state)
  }

  /** A part was paid and the rest is asked for no more: it counts as paid. Does not save. */
  waiveRest(): this {
    if (this.state !== 'partially_paid') throw new IllegalReceivableTransition(this, 'paid')
    this.waivedMinor = (this.waivedMinor ?? 0) + this.outstandingMinor
    this.paidAt ??= clock.now()
    return this.moveTo('paid')
  }
}

const clientOf = ({ $trx }: Receivable) => $trx ?? db.connection()

/** A change that the table does not have: a mistake of ours, never of a user. */
export class IllegalReceivableTransition extends Error {
  constructor(receivable: Receivable, to: ReceivableState) {
    super(`Receivable ${receivable.id} cannot go from ${receivable.state} to ${to}`)
  }
}
