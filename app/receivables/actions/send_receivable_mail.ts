import type { EffectHandler } from '#app/core/work/contracts'
import { DeliverMail } from '#app/receivables/actions/deliver_mail'
import type { QueuedMail } from '#app/receivables/actions/queue_mail'
import { ReceivableMail } from '#app/receivables/mails/receivable_mail'
import { mailSubject } from '#app/receivables/queries/mail_subject'

/** The effect of a member's sending. */
export class SendReceivableMail implements EffectHandler<QueuedMail> {
  async handle({ tenantId, sendingId: id }: QueuedMail) {
    await new DeliverMail().handle({ tenantId, id }, async ({ receivableId }) => {
      const about = await mailSubject(tenantId, receivableId!)
      if (!about) return { skip: 'not_wanted' }
      // Paid or cancelled since: the customer would pay twice.
      if (!about.receivable.isPayable) return { skip: 'ended' }
      return { mail: new ReceivableMail(id, about) }
    })
  }
}
