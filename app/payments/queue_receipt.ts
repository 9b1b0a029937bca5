import { mailsAreSent } from '#config/mail'
import type { Trx } from '#app/core/transaction'
import type Payment from '#app/payments/models/payment'
import { QueueMail } from '#app/receivables/actions/queue_mail'
import Customer from '#app/receivables/models/customer'
import type Receivable from '#app/receivables/models/receivable'
import { addressOf } from '#app/receivables/queries/mail_address'

/** One receipt for each payment, in the transaction that books it. */
export async function queueReceipt(
  trx: Trx,
  { tenantId, id: receivableId, customerId }: Receivable,
  { id: paymentId }: Payment
): Promise<void> {
  if (!mailsAreSent) return
  const customer = await Customer.query({ client: trx })
    .where({ tenant_id: tenantId, id: customerId })
    .firstOrFail()
  const address = addressOf(customer)
  if (!address) return
  await new QueueMail().handle(trx, {
    ...{ tenantId, receivableId, address, kind: 'receipt', details: { paymentId } },
    reference: `receipt:${paymentId}`,
  })
}
