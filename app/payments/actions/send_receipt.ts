import type { EffectHandler } from '#app/core/work/contracts'
import { clock } from '#app/core/clock'
import { ReceiptMail } from '#app/payments/mails/receipt_mail'
import Payment from '#app/payments/models/payment'
import { DeliverMail } from '#app/receivables/actions/deliver_mail'
import type { QueuedMail } from '#app/receivables/actions/queue_mail'
import { mailSubject } from '#app/receivables/queries/mail_subject'

/** Who paid so long ago has forgotten it: news from a restored backup, or from a long search. */
const TOLD_WITHIN = { days: 7 }

/** The effect of a payment's approval. */
export class SendReceipt implements EffectHandler<QueuedMail> {
  async handle({ tenantId, sendingId: id }: QueuedMail) {
    await new DeliverMail().handle({ tenantId, id }, async ({ receivableId, details }) => {
      const payment = await Payment.query()
        .where({ tenant_id: tenantId, id: details.paymentId })
        .firstOrFail()
      if (payment.approvedAt! < clock.now().minus(TOLD_WITHIN)) return { skip: 'late' }
      const about = await mailSubject(tenantId, receivableId!)
      return about ? { mail: new ReceiptMail(id, about, payment) } : { skip: 'not_wanted' }
    })
  }
}
