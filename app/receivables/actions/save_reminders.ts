import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import ReminderSetting from '#app/receivables/models/reminder_setting'
import { reminderDay } from '#app/receivables/reminder_days'
import type { ReminderChoice } from '#app/receivables/queries/reminders'
import Tenant from '#app/tenants/models/tenant'

interface SaveInput {
  tenant: Tenant
  choice: ReminderChoice
  actor: Actor
}

/** When customers are reminded, from now on: nothing is sent for the hours before. */
export class SaveReminders {
  async handle({ tenant, choice, actor }: SaveInput): Promise<void> {
    const doneOn = reminderDay(clock.now(), choice.hour, tenant.timeZone)
    await transaction(async (trx) => {
      // Two first choices at once: the second changes the first.
      await Tenant.query({ client: trx }).where('id', tenant.id).forUpdate().firstOrFail()
      const known = await ReminderSetting.query({ client: trx })
        .where('tenant_id', tenant.id)
        .first()
      const setting = known ?? new ReminderSetting().merge({ tenantId: tenant.id })
      setting.useTransaction(trx).merge(choice)
      // The same once more, e.g. by a second click.
      if (!setting.$isDirty) return
      await setting.merge({ doneOn }).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.reminders_changed',
        subject: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
        details: { ...choice },
      })
    })
  }
}
