import { mailsAreSent } from '#config/mail'
import { clock } from '#app/core/clock'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import { QueueMail } from '#app/receivables/actions/queue_mail'
import Receivable from '#app/receivables/models/receivable'
import ReminderSetting from '#app/receivables/models/reminder_setting'
import { addressOf } from '#app/receivables/queries/mail_address'
import { waysNow } from '#app/receivables/queries/mail_subject'
import { reminderStop } from '#app/receivables/queries/reminders'
import {
  daysToMake,
  dueDates,
  latestReminder,
  reminderDay,
  reminderMoment,
} from '#app/receivables/reminder_days'

const PAGE = 200

interface Span {
  from: string
  upTo: string
}

/**
 * Queues the reminders whose hour has come, of every tenant that wants them. A receivable gets each
 * of its reminders once, as the database sees to, and of several that were missed only the latest.
 * Cut off anywhere it begins again; two at once make no more than one.
 */
export class MakeReminders {
  async handle(): Promise<void> {
    if (!mailsAreSent) return
    // tenant: all that want them
    const settings = await ReminderSetting.query().where('is_on', true).preload('tenant')
    for (const setting of settings) await this.#ofTenant(setting)
  }

  async #ofTenant(setting: ReminderSetting) {
    const { tenant, hour, doneOn, days } = setting
    const upTo = reminderDay(clock.now(), hour, tenant.timeZone)
    if (doneOn === upTo || days.length === 0) return
    const span = daysToMake(doneOn, upTo)
    // Nothing is caught up on for the time in which the tenant was suspended.
    if (tenant.maySell) await this.#inSpan(setting, span)
    await ReminderSetting.query().where({ tenant_id: tenant.id, hour }).update({ done_on: upTo })
  }

  async #inSpan(setting: ReminderSetting, span: Span) {
    for (let after = ''; ;) {
      const page = await this.#open(setting, span, after)
      for (const receivable of page) await this.#remind(setting, span, receivable)
      if (page.length < PAGE) return
      after = page[page.length - 1].id
    }
  }

  #open({ tenantId, days }: ReminderSetting, span: Span, after: string): Promise<Receivable[]> {
    const due = dueDates(span, days)
    const query = Receivable.query()
      .where({ tenant_id: tenantId, state: 'open' })
      .whereBetween('due_on', [due.from, due.upTo])
      .preload('customer')
      .preload('charges')
      .orderBy('id')
      .limit(PAGE)
    if (after) query.where('id', '>', after)
    return query.exec()
  }

  async #remind(setting: ReminderSetting, span: Span, receivable: Receivable) {
    const { tenantId, id: receivableId, dueOn, customer, charges, openedAt } = receivable
    const reminder = latestReminder(dueOn, setting.days, span)
    if (!reminder) return
    const { timeZone } = setting.tenant
    // Who was charged after that hour has just heard of it.
    if (openedAt && openedAt > reminderMoment(reminder.day, setting.hour, timeZone)) return
    const { canBePaid, isBeingPaid } = waysNow(charges)
    const address = addressOf(customer)
    if (!canBePaid || isBeingPaid || !address) return
    if (await reminderStop(tenantId, customer.id)) return
    await queueOnce({
      ...{ tenantId, receivableId, address, kind: 'reminder', details: reminder },
      reference: `reminder:${receivableId}:${reminder.offset}`,
    })
  }
}

/** Another worker may have been faster: the unique reference decides. */
async function queueOnce(mail: Parameters<QueueMail['handle']>[1]): Promise<void> {
  try {
    await transaction((trx) => new QueueMail().handle(trx, mail))
  } catch (error) {
    if (!isUniqueViolation(error, 'reference')) throw error
  }
}
