import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { describeError } from '#app/core/redaction'
import { transaction, type Trx } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { CreateReceivable } from '#app/receivables/actions/create_receivable'
import type Customer from '#app/receivables/models/customer'
import ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import ScheduleOccurrence from '#app/receivables/models/schedule_occurrence'
import { chargeableCustomer } from '#app/receivables/queries/chargeable_customer'
import { NoSuchCustomer } from '#app/receivables/receivable_errors'
import { makeOn, payUntilOf } from '#app/receivables/schedules/due_dates'
import { fillDescription } from '#app/receivables/schedules/schedule_text'

const BATCH = 100
/** Where the day begins first, it is so many hours ahead of UTC. */
const EARLIEST_ZONE_HOURS = 14
/** One that is made later than this after its due date waits for a member as a draft. */
const MOST_DAYS_LATE = 7

const worker = { kind: 'worker' } as const

/**
 * For the schedule: makes every receivable that is due to be made, those of a standstill included.
 * Suspended tenants make none; once active again they make what was missed.
 */
export class MakeScheduled {
  /** @returns how many were made */
  async handle(): Promise<number> {
    let made = 0
    for (let after = ''; ;) {
      const due = await this.#due(after)
      for (const schedule of due) made += await this.#makeAll(schedule)
      if (due.length < BATCH) return made
      after = due.at(-1)!.id
    }
  }

  #due(after: string) {
    const latest = clock.now().plus({ hours: EARLIEST_ZONE_HOURS }).toISODate()!
    // tenant: the worker makes those of all
    const query = ReceivableSchedule.query()
      .where('next_make_on', '<=', latest)
      .whereHas('tenant', (tenant) => tenant.where('state', 'active'))
      .orderBy('id')
      .limit(BATCH)
    return after ? query.where('id', '>', after) : query
  }

  async #makeAll({ tenantId, id }: ReceivableSchedule): Promise<number> {
    let made = 0
    try {
      while (await transaction((trx) => this.#makeNext(trx, tenantId, id))) made++
    } catch (error) {
      logger.error({ err: describeError(error), scheduleId: id }, 'nothing made of a schedule')
    }
    return made
  }

  /** The row's lock lets workers take turns; whoever comes second finds it counted. */
  async #makeNext(trx: Trx, tenantId: string, id: string): Promise<boolean> {
    const schedule = await ReceivableSchedule.query({ client: trx })
      .where({ tenant_id: tenantId, id })
      .forUpdate()
      .preload('tenant')
      .firstOrFail()
    const { tenant, nextMakeOn } = schedule
    if (!tenant.maySell || nextMakeOn === null) return false
    if (nextMakeOn > clock.today(tenant.timeZone)) return false
    const customer = await payerOf(trx, schedule)
    if (!customer) {
      await schedule.end().save()
      return false
    }
    schedule.customerId = customer.id
    await this.#make(trx, schedule, customer)
    await schedule.countMade().save()
    return true
  }

  async #make(trx: Trx, schedule: ReceivableSchedule, { locale }: Customer) {
    const { tenant, tenantId, total, customerId, storeId, amountMinor } = schedule
    const [number, dueOn] = [schedule.madeCount + 1, schedule.nextDueOn!]
    const receivable = await new CreateReceivable().within(trx, {
      ...{ tenant, customerId, storeId, amountMinor, dueOn, actor: worker },
      description: fillDescription(schedule.description, { number, total, dueOn }, locale),
      payUntil: payUntilOf(dueOn, schedule.graceDays),
    })
    const occurrence = await ScheduleOccurrence.create(
      { tenantId, receivableScheduleId: schedule.id, number, dueOn, receivableId: receivable.id },
      { client: trx }
    )
    const isTooLate = dueOn < makeOn(clock.today(tenant.timeZone), MOST_DAYS_LATE)
    if (schedule.methods.length === 0 || isTooLate) return
    const payload = { occurrenceId: occurrence.id }
    await addEffect(trx, { tenantId, effect: 'receivables.offer', payload })
  }
}

/** Null when it was erased. */
async function payerOf(trx: Trx, schedule: ReceivableSchedule): Promise<Customer | null> {
  try {
    return await chargeableCustomer(trx, schedule.tenantId, schedule.customerId)
  } catch (error) {
    if (error instanceof NoSuchCustomer) return null
    throw error
  }
}
