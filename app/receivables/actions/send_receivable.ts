import { mailsAreSent } from '#config/mail'
import { recordAudit, type Actor } from '#app/core/audit'
import { newId } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { QueueMail } from '#app/receivables/actions/queue_mail'
import { ShareReceivable } from '#app/receivables/actions/share_receivable'
import type Receivable from '#app/receivables/models/receivable'
import type Sending from '#app/receivables/models/sending'
import { addressOf } from '#app/receivables/queries/mail_address'
import { MailsNotSent, NoAddress } from '#app/receivables/receivable_errors'

interface SendInput {
  /** With its customer loaded. */
  receivable: Receivable
  actor: Actor
  /** What is to be sent once only; left out, it is sent as often as it is asked for. */
  reference?: string
}

/** Sends the customer the receivable's link; as often as a member wants. */
export class SendReceivable {
  /**
   * @throws MailsNotSent without a mail server
   * @throws NoAddress
   * @throws NothingToSend when it has ended
   */
  async handle({ receivable, actor, reference }: SendInput): Promise<Sending> {
    const { tenantId, id: receivableId, customer } = receivable
    if (!mailsAreSent) throw new MailsNotSent()
    const address = addressOf(customer)
    if (!address) throw new NoAddress()
    return transaction(async (trx) => {
      await new ShareReceivable().within(trx, { tenantId, receivableId, actor })
      await recordAudit(trx, {
        actor,
        action: 'receivable.sent',
        subject: { type: 'receivable', id: receivableId },
        tenantId,
      })
      return new QueueMail().handle(trx, {
        ...{ tenantId, receivableId, address, kind: 'receivable' },
        reference: reference ?? `receivable:${newId()}`,
        createdBy: actor.kind === 'user' ? actor.userId : null,
      })
    })
  }
}
