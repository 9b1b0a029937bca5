import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import ReceivableSchedule, { type ScheduleState } from '#app/receivables/models/receivable_schedule'
import { ScheduleEnded } from '#app/receivables/schedules/schedule_errors'
import type Tenant from '#app/tenants/models/tenant'

interface ChangeInput {
  tenant: Tenant
  id: string
  /** Resumed, paused or ended for good. */
  to: ScheduleState
  actor: Actor
}

/** Pauses, resumes or ends a schedule; asked for again, it changes nothing. */
export class ChangeSchedule {
  /** @throws ScheduleEnded */
  async handle({ tenant, id, to, actor }: ChangeInput): Promise<ReceivableSchedule> {
    return transaction(async (trx) => {
      const schedule = await ReceivableSchedule.query({ client: trx })
        .where({ tenant_id: tenant.id, id })
        .forUpdate()
        .firstOrFail()
      if (schedule.state === to) return schedule
      if (!schedule.mayMoveTo(to)) throw new ScheduleEnded()
      if (to === 'paused') schedule.pause()
      else if (to === 'ended') schedule.end()
      else schedule.resume(clock.today(tenant.timeZone))
      await schedule.save()
      await recordAudit(trx, {
        actor,
        action: `schedule.${to}`,
        subject: { type: 'receivable_schedule', id },
        tenantId: tenant.id,
      })
      return schedule
    })
  }
}
