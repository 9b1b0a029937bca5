import { errors, type HttpContext } from '@adonisjs/core/http'
import type ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import SchedulePolicy from '#app/receivables/policies/schedule_policy'
import { findSchedule } from '#app/receivables/queries/schedules'

/** The schedule of the address; one of another tenant does not exist. */
export async function requestedSchedule(ctx: HttpContext): Promise<ReceivableSchedule> {
  const { tenant, membership, params, request, bouncer } = ctx
  await bouncer.with(SchedulePolicy).authorize('manage', membership)
  const schedule = await findSchedule(tenant.id, params.id)
  if (!schedule) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return schedule
}
