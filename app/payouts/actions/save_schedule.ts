import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import type { DueDays } from '#app/payouts/due_dates'
import PayoutSchedule from '#app/payouts/models/payout_schedule'
import Tenant from '#app/tenants/models/tenant'

export interface ScheduleValues extends DueDays {
  automatic: boolean
  minimumMinor: number
  keepMinor: number
}

interface SaveScheduleInput {
  tenantId: string
  values: ScheduleValues
  actor: Actor
}

/** Says when a tenant is paid out by itself, and how much stays. */
export class SaveSchedule {
  handle({ tenantId, values, actor }: SaveScheduleInput): Promise<void> {
    return transaction(async (trx) => {
      const tenant = await Tenant.query({ client: trx })
        .where('id', tenantId)
        .forUpdate()
        .firstOrFail()
      const { automatic, ...days } = values
      const known = await PayoutSchedule.query({ client: trx }).where('tenant_id', tenantId).first()
      const schedule = known ?? new PayoutSchedule().merge({ tenantId })
      const before = known && { ...chosen(known), automatic: tenant.automaticPayouts }
      // Dates that passed before it was chosen are nobody's.
      schedule.merge({ ...days, seenFor: clock.today(tenant.timeZone) })
      await schedule.useTransaction(trx).save()
      await tenant.merge({ automaticPayouts: automatic }).useTransaction(trx).save()
      await recordAudit(trx, {
        actor,
        action: 'payout_schedule.changed',
        subject: { type: 'tenant', id: tenantId },
        tenantId,
        details: { before, after: { ...values } },
      })
    })
  }
}

const chosen = ({ frequency, weekday, monthDay, minimumMinor, keepMinor }: PayoutSchedule) => ({
  ...{ frequency, weekday, monthDay, minimumMinor, keepMinor },
})
