import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { PayoutSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import { PayoutStateConflict } from '#app/payouts/errors'
import PayoutDestination from '#app/payouts/models/payout_destination'
import { transferReference } from '#app/payouts/transfer_reference'
import Tenant from '#app/tenants/models/tenant'

export const payoutStates = [
  'requested',
  'approved',
  'processing',
  'paid',
  'failed',
  'rejected',
  'cancelled',
  'returned',
] as const
export type PayoutState = (typeof payoutStates)[number]

const mayFollow: Record<PayoutState, readonly PayoutState[]> = {
  requested: ['approved', 'rejected', 'cancelled'],
  approved: ['processing', 'rejected', 'cancelled'],
  processing: ['paid', 'failed'],
  paid: ['returned'],
  failed: [],
  rejected: [],
  cancelled: [],
  returned: [],
}

export default class Payout extends compose(PayoutSchema, OwnId) {
  declare state: PayoutState
  declare origin: 'request' | 'schedule'

  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>

  @belongsTo(() => PayoutDestination, { foreignKey: 'destinationId' })
  declare destination: BelongsTo<typeof PayoutDestination>

  /** What names it at the bank. */
  get reference() {
    return transferReference(this.id)
  }

  mayMoveTo(state: PayoutState) {
    return mayFollow[this.state].includes(state)
  }

  /** @throws PayoutStateConflict when the table does not allow it. */
  moveTo(state: PayoutState) {
    if (!this.mayMoveTo(state)) throw new PayoutStateConflict(this.state, state)
    this.state = state
  }
}
