import mail from '@adonisjs/mail/services/main'
import { clock } from '#app/core/clock'
import { maskedAddress } from '#app/core/mail/header_text'
import type { LetterMail } from '#app/core/mail/letter_mail'
import { mailFailure, type MailFailure } from '#app/core/mail/smtp_outcome'
import { TryAgain } from '#app/core/work/contracts'
import { nextTry } from '#app/core/work/retries'
import Sending, { type SendingReason } from '#app/receivables/models/sending'

/** The mail as it is right now, or why it is not wanted any more. */
export type Composed = { mail: LetterMail } | { skip: SendingReason }

/** A mail server did not take a mail; the message holds no address. */
class MailNotTaken extends Error {}

/**
 * Sends what was queued. SMTP knows no "exactly once": when the connection is cut after the last
 * byte, or this process dies before it has written down the answer, the mail is sent again, under
 * the same Message-ID.
 */
export class DeliverMail {
  /** @throws TryAgain, MailNotTaken: again later */
  async handle(
    of: { tenantId: string; id: string },
    compose: (sending: Sending) => Promise<Composed>
  ): Promise<void> {
    const { tenantId, id } = of
    const sending = await Sending.query().where({ tenant_id: tenantId, id }).firstOrFail()
    if (sending.state !== 'waiting') return
    const composed = await compose(sending)
    if ('skip' in composed) await sending.markSkipped(composed.skip).save()
    else await this.#send(sending, composed.mail)
  }

  async #send(sending: Sending, letterMail: LetterMail) {
    sending.recipient = maskedAddress(letterMail.letter.to)
    await letterMail.build()
    try {
      await mail.send(letterMail)
    } catch (error) {
      return this.#failed(sending, mailFailure(error))
    }
    await sending.markSent().save()
  }

  async #failed(sending: Sending, { kind, answer }: MailFailure) {
    if (kind === 'refused') return sending.markFailed('refused', answer).save()
    const error = kind === 'later' ? new TryAgain(answer) : new MailNotTaken(answer)
    const age = clock.now().diff(sending.queuedAt, 'seconds').seconds
    const { counted, giveUp } = nextTry(error, sending.attempts + 1, age)
    if (counted) sending.attempts++
    sending.answer = answer
    if (giveUp) sending.markFailed('gave_up', answer)
    await sending.save()
    throw error
  }
}
