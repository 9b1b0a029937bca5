import { appUrl } from '#config/app'
import type { Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import { whoIsCharging } from '#app/receivables/queries/who_is_charging'
import type { MailSubject } from '#app/receivables/queries/mail_subject'

/** Tells a customer of a bill, and where it is paid. */
export class ReceivableMail extends LetterMail {
  constructor(
    private id: string,
    private about: MailSubject
  ) {
    super()
  }

  get letter(): Letter {
    const { words, brand, receivable, outstandingMinor, address } = this.about
    const { t, money, date } = words
    const { description, dueOn, currency } = receivable
    const amount = money(outstandingMinor, currency)
    const values = { name: brand.name, amount, date: date(dueOn) }
    const who = whoIsCharging(words, this.about.parties)
    return {
      id: this.id,
      to: address,
      locale: words.locale,
      brand,
      subject: t('mails.receivable.subject', values),
      preview: description,
      heading: t('mails.receivable.heading', values),
      paragraphs: [t('mails.receivable.text'), ...this.#scheduled()],
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
      notes: who.notes,
    }
  }

  #scheduled(): string[] {
    const { words, ways } = this.about
    const day = ways.scheduledFor
    return day ? [words.t('mails.receivable.scheduled', { date: words.date(day) })] : []
  }
}

/** The digits that any bank's app takes. */
export const boletoCode = ({ words, ways }: MailSubject): Letter['code'] =>
  ways.boletoLine ? { label: words.t('mails.facts.boleto'), text: ways.boletoLine } : undefined
