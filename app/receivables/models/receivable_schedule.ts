import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ReceivableScheduleSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { ChargeMethod } from '#app/receivables/models/charge'
import Customer from '#app/receivables/models/customer'
import {
  dueOnAt,
  makeOn,
  placesBefore,
  type ScheduleUnit,
} from '#app/receivables/schedules/due_dates'
import Store from '#app/tenants/models/store'
import Tenant from '#app/tenants/models/tenant'

export type ScheduleState = 'active' | 'paused' | 'ended'

const next: Record<ScheduleState, readonly ScheduleState[]> = {
  active: ['paused', 'ended'],
  paused: ['active', 'ended'],
  ended: [],
}

/** What a customer owes again and again. */
export default class ReceivableSchedule extends compose(ReceivableScheduleSchema, OwnId) {
  declare state: ScheduleState
  declare unit: ScheduleUnit
  declare methods: ChargeMethod[]

  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>

  @belongsTo(() => Store)
  declare store: BelongsTo<typeof Store>

  @belongsTo(() => Customer)
  declare customer: BelongsTo<typeof Customer>

  /** The due date of the next one to be made; null when the last one is made. */
  get nextDueOn(): string | null {
    return this.#dueOnAfter(0)
  }

  /** The next due dates, at most so many. */
  nextDates(count: number): string[] {
    const dates = Array.from({ length: count }, (_, ahead) => this.#dueOnAfter(ahead))
    return dates.filter((date) => date !== null)
  }

  /** @param ahead of the next one, which is 0 */
  #dueOnAfter(ahead: number): string | null {
    if (this.state === 'ended') return null
    if (this.total !== null && this.madeCount + ahead >= this.total) return null
    const dueOn = dueOnAt(this, this.madeCount + this.skippedCount + ahead)
    return this.lastDueOn !== null && dueOn > this.lastDueOn ? null : dueOn
  }

  /** Counts one as made; the last one ends the schedule. Does not save. */
  countMade(): this {
    this.madeCount++
    return this.#plan()
  }

  /**
   * Makes none until it is resumed. What falls due meanwhile is not owed: with a number of
   * instalments, they move on to later dates.
   */
  pause(): this {
    return this.#moveTo('paused')
  }

  /** @param today where the tenant lives: what was due before is left out */
  resume(today: string): this {
    this.#moveTo('active')
    const passed = placesBefore(this, today)
    this.skippedCount = Math.max(this.skippedCount, passed - this.madeCount)
    return this.#plan()
  }

  /** Those that were made stay as they are. */
  end(): this {
    return this.#moveTo('ended')
  }

  /** Sets when the next one is made; does not save. */
  begin(): this {
    this.state = 'active'
    return this.#plan()
  }

  #plan(): this {
    const dueOn = this.nextDueOn
    if (dueOn === null) return this.end()
    this.nextMakeOn = makeOn(dueOn, this.leadDays)
    return this
  }

  #moveTo(state: ScheduleState): this {
    if (!next[this.state].includes(state)) throw new IllegalScheduleTransition(this, state)
    this.state = state
    this.nextMakeOn = null
    return this
  }

  mayMoveTo(state: ScheduleState): boolean {
    return next[this.state].includes(state)
  }
}

/** A change that the table does not have: a mistake of ours, never of a user. */
export class IllegalScheduleTransition extends Error {
  constructor(schedule: ReceivableSchedule, to: ScheduleState) {
    super(`Schedule ${schedule.id} cannot go from ${schedule.state} to ${to}`)
  }
}
