import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { CreateSchedule, type CreateScheduleInput } from '#app/receivables/actions/create_schedule'
import type ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import schedules from '#start/schedule'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore } from '#tests/support/given'
import { givenCustomer } from '#tests/support/receivables'

/** The day so many days from today where the tenant lives. */
export const dayFromNow = (tenant: Tenant, days: number): string =>
  DateTime.fromISO(clock.today(tenant.timeZone), { zone: 'utc' }).plus({ days }).toISODate()!

/** R$ 150.00 a month from in a week on, made on its day, offered in no way. */
export async function givenSchedule(
  tenant: Tenant,
  given: Partial<CreateScheduleInput> = {}
): Promise<ReceivableSchedule> {
  const { id: customerId } = given.customerId
    ? { id: given.customerId }
    : await givenCustomer(tenant)
  const { id: storeId } = await defaultStore(tenant)
  return new CreateSchedule().handle({
    ...{ tenant, customerId, storeId, description: 'Aluguel {n}', amountMinor: 150_00 },
    ...{ unit: 'month', every: 1, firstDueOn: dayFromNow(tenant, 7), isMonthEnd: false },
    ...{ total: null, lastDueOn: null, graceDays: 0, leadDays: 0, methods: [], isMailed: false },
    actor: { kind: 'command' },
    ...given,
  })
}

/** What the worker's schedule does when its time has come. */
export const recur = () => schedules.find(({ name }) => name === 'receivables.recur')!.run()
