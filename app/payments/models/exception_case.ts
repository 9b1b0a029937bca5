import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ExceptionCaseSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'
import User from '#app/identity/models/user'
import { DecisionNotPossible, ExceptionResolved } from '#app/payments/exception_errors'
import Payment from '#app/payments/models/payment'
import Receivable from '#app/receivables/models/receivable'

/** What a customer paid and what was asked for: the tenant decides what it means. */
export const tenantKinds = [
  'underpaid',
  'overpaid',
  'double_payment',
  'late_payment',
  'as_agreed',
  'amount_differs',
] as const

/** What the provider says of an account of the platform: its admin looks into it. */
export const platformKinds = [
  'unknown_payment',
  'net_differs',
  'charges_differ',
  'refund_unexplained',
  'dispute_reversed',
] as const

export const exceptionKinds = [...tenantKinds, ...platformKinds] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

/**
 * `waived`: the rest is asked for no more. `left_open`: the rest stays owed. `kept`: booked as it
 * is. `linked`: assigned to a receivable. `own_money`: no tenant's. `acknowledged`: looked into.
 */
export const exceptionDecisions = [
  'waived',
  'left_open',
  'kept',
  'linked',
  'own_money',
  'acknowledged',
] as const
export type ExceptionDecision = (typeof exceptionDecisions)[number]

/** Something that a person should decide on; the money itself is booked as it really moved. */
export default class ExceptionCase extends compose(ExceptionCaseSchema, OwnId) {
  declare kind: ExceptionKind
  declare state: 'open' | 'resolved'
  declare decision: ExceptionDecision | null

  @belongsTo(() => Payment)
  declare payment: BelongsTo<typeof Payment>

  @belongsTo(() => Receivable)
  declare receivable: BelongsTo<typeof Receivable>

  @belongsTo(() => User, { foreignKey: 'resolvedBy' })
  declare resolver: BelongsTo<typeof User>

  get isTenants(): boolean {
    return (tenantKinds as readonly ExceptionKind[]).includes(this.kind)
  }

  /** @param receivable as it stands now; null where the money is no receivable's */
  decisionsFor(receivable: Receivable | null): ExceptionDecision[] {
    if (this.state !== 'open') return []
    if (this.kind === 'unknown_payment') return ['linked', 'own_money']
    if (!this.isTenants) return ['acknowledged']
    return receivable?.state === 'partially_paid' ? ['waived', 'left_open'] : ['kept']
  }

  /**
   * The only way an exception ends; does not save.
   * @throws ExceptionResolved when somebody was faster
   * @throws DecisionNotPossible when this cannot be decided here, or not any more
   */
  resolve(decision: ExceptionDecision, userId: string, receivable: Receivable | null): this {
    if (this.state !== 'open') throw new ExceptionResolved()
    if (!this.decisionsFor(receivable).includes(decision)) throw new DecisionNotPossible()
    this.state = 'resolved'
    this.decision = decision
    this.resolvedAt = clock.now()
    this.resolvedBy = userId
    return this
  }
}
