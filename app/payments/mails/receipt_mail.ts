import { appUrl } from '#config/app'
import type { Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import type Payment from '#app/payments/models/payment'
import { whoIsCharging } from '#app/receivables/queries/who_is_charging'
import type { MailSubject } from '#app/receivables/queries/mail_subject'

/** Types of payment that have a word of their own. */
const types = ['ticket', 'bank_transfer', 'credit_card', 'debit_card', 'account_money', 'atm']

/** Tells a customer that a payment has come. */
export class ReceiptMail extends LetterMail {
  constructor(
    private id: string,
    private about: MailSubject,
    private payment: Payment
  ) {
    super()
  }

  get letter(): Letter {
    const { words, brand, receivable, address } = this.about
    const { t, money, dateTime } = words
    const { amountMinor, currency, approvedAt, type, providerPaymentId } = this.payment
    const amount = money(amountMinor, currency)
    const values = { name: brand.name, amount }
    const way = types.includes(type) ? type : 'other'
    const who = whoIsCharging(words, this.about.parties)
    return {
      id: this.id,
      to: address,
      locale: words.locale,
      brand,
      subject: t('mails.receipt.subject', values),
      preview: receivable.description,
      heading: t('mails.receipt.heading', values),
      paragraphs: [],
      facts: [
        { label: t('mails.receipt.amount'), value: amount, strong: true },
        { label: t('mails.receipt.paid_at'), value: dateTime(approvedAt!) },
        { label: t('mails.receipt.way'), value: t(`mails.receipt.types.${way}`) },
        { label: t('mails.facts.what'), value: receivable.description },
        { label: t('mails.receipt.number'), value: providerPaymentId },
        ...who.facts,
      ],
      action: { label: t('mails.receipt.action'), url: `${appUrl}/p/${receivable.publicToken}` },
      notes: who.notes,
    }
  }
}
