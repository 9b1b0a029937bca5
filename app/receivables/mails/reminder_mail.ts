import { appUrl } from '#config/app'
import type { Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import { boletoCode } from '#app/receivables/mails/receivable_mail'
import type { MailSubject } from '#app/receivables/queries/mail_subject'
import { stopUrl } from '#app/receivables/queries/reminders'
import { whoIsCharging } from '#app/receivables/queries/who_is_charging'
import { daysBetween } from '#app/receivables/reminder_days'

/** Reminds a customer of an open bill: before, on or after its due date. */
export class ReminderMail extends LetterMail {
  /** @param today where the tenant lives */
  constructor(
    private id: string,
    private about: MailSubject,
    private today: string
  ) {
    super()
  }

  get letter(): Letter {
    const { words, brand, receivable, outstandingMinor, address, customer } = this.about
    const { t, money, date } = words
    const { description, dueOn, currency } = receivable
    const amount = money(outstandingMinor, currency)
    const when = this.#when()
    const days = Math.abs(daysBetween(this.today, dueOn))
    const values = { name: brand.name, amount, days }
    const who = whoIsCharging(words, this.about.parties)
    return {
      id: this.id,
      to: address,
      locale: words.locale,
      brand,
      subject: t(`mails.reminder.${when}.subject`, values),
      preview: description,
      heading: t(`mails.reminder.${when}.heading`, values),
      paragraphs: [t('mails.reminder.text')],
      facts: [
        { label: t('mails.facts.amount'), value: amount, strong: true },
        { label: t('mails.facts.due_on'), value: date(dueOn) },
        { label: t('mails.facts.what'), value: description },
        ...who.facts,
      ],
      action: {
        label: t('mails.receivable.action'),
        url: `${appUrl}/p/${receivable.publicToken}`,
      },
      code: boletoCode(this.about),
      notes: [t('mails.reminder.paid_already'), ...who.notes],
      stop: { label: t('mails.reminder.stop', values), url: stopUrl(customer) },
    }
  }

  #when(): 'before' | 'today' | 'after' {
    const { dueOn } = this.about.receivable
    if (dueOn === this.today) return 'today'
    return dueOn > this.today ? 'before' : 'after'
  }
}
