import { clock } from '#app/core/clock'
import { maskedAddress } from '#app/core/mail/header_text'
import type { Trx } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import Sending, { type SendingKind } from '#app/receivables/models/sending'

export interface NewMail {
  tenantId: string
  kind: SendingKind
  /** Within the tenant, what must not be sent twice. */
  reference: string
  /** Whole; only its mask is kept. */
  address: string
  receivableId?: string
  /** What the letter is written from, beside the receivable. */
  details?: Record<string, unknown>
  createdBy?: string | null
}

/** What the effects of mails are told. */
export interface QueuedMail extends Record<string, unknown> {
  tenantId: string
  sendingId: string
}

/** Writes down, in the transaction that causes it, that a mail is to be sent. */
export class QueueMail {
  /** @throws the database's unique violation when the reference is taken */
  async handle(trx: Trx, { address, details = {}, ...mail }: NewMail): Promise<Sending> {
    const sending = await Sending.create(
      {
        ...mail,
        ...{ details, state: 'waiting', attempts: 0, queuedAt: clock.now() },
        recipient: maskedAddress(address),
      },
      { client: trx }
    )
    const { tenantId } = sending
    const payload: QueuedMail = { tenantId, sendingId: sending.id }
    await addEffect(trx, { tenantId, effect: `mails.${mail.kind}`, payload })
    return sending
  }
}
