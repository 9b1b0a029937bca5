import ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import ScheduleOccurrence from '#app/receivables/models/schedule_occurrence'

const PAGE_SIZE = 30

/** A tenant's schedules, newest first, customers and stores loaded. @param after the last one of the page before */
export async function scheduleList(tenantId: string, after?: string) {
  const query = ReceivableSchedule.query()
    .where('tenant_id', tenantId)
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
    .preload('customer')
    .preload('store')
  if (after) query.where('id', '<', after)
  const rows = await query
  const schedules = rows.slice(0, PAGE_SIZE)
  return { schedules, next: rows.length > PAGE_SIZE ? schedules.at(-1)!.id : null }
}

/** A schedule of the tenant with its customer and store, or null. */
export const findSchedule = (tenantId: string, id: string): Promise<ReceivableSchedule | null> =>
  ReceivableSchedule.query()
    .where({ tenant_id: tenantId, id })
    .preload('customer')
    .preload('store')
    .first()

/** What a schedule made, newest first. @param after the last one of the page before */
export async function occurrencesOf({ tenantId, id }: ReceivableSchedule, after?: string) {
  const query = ScheduleOccurrence.query()
    .where({ tenant_id: tenantId, receivable_schedule_id: id })
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
    .preload('receivable')
  if (after) query.where('id', '<', after)
  const rows = await query
  const occurrences = rows.slice(0, PAGE_SIZE)
  return { occurrences, next: rows.length > PAGE_SIZE ? occurrences.at(-1)!.id : null }
}
