import type { EffectHandler } from '#app/core/work/contracts'
import { clock } from '#app/core/clock'
import { DeliverMail, type Composed } from '#app/receivables/actions/deliver_mail'
import type { QueuedMail } from '#app/receivables/actions/queue_mail'
import { ReminderMail } from '#app/receivables/mails/reminder_mail'
import type Sending from '#app/receivables/models/sending'
import { mailSubject } from '#app/receivables/queries/mail_subject'
import { reminderChoice, reminderStop } from '#app/receivables/queries/reminders'

/** A mail server that was away for longer than this keeps yesterday's reminders back. */
const TIMELY = { days: 1 }

/** The effect of a reminder's day; looks again at all that may have changed since it was queued. */
export class SendReminder implements EffectHandler<QueuedMail> {
  async handle({ tenantId, sendingId: id }: QueuedMail) {
    await new DeliverMail().handle({ tenantId, id }, (sending) => this.#compose(sending))
  }

  async #compose({ id, tenantId, receivableId, queuedAt }: Sending): Promise<Composed> {
    if (queuedAt < clock.now().minus(TIMELY)) return { skip: 'late' }
    const about = await mailSubject(tenantId, receivableId!)
    if (!about) return { skip: 'not_wanted' }
    const { receivable, customer, tenant, ways } = about
    if (receivable.state !== 'open') return { skip: 'ended' }
    if (ways.isBeingPaid) return { skip: 'being_paid' }
    if (!ways.canBePaid) return { skip: 'no_way' }
    if (await reminderStop(tenantId, customer.id)) return { skip: 'stopped' }
    const { isOn } = await reminderChoice(tenantId)
    if (!isOn || !tenant.maySell) return { skip: 'off' }
    return { mail: new ReminderMail(id, about, clock.today(tenant.timeZone)) }
  }
}
