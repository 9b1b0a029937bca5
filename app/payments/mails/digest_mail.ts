import { appUrl } from '#config/app'
import { platformBrand } from '#app/core/mail/brand'
import type { Fact, Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import type { Words } from '#app/core/mail/words'
import type Payment from '#app/payments/models/payment'
import type { DayTotal } from '#app/payments/queries/payments_of_day'
import type Tenant from '#app/tenants/models/tenant'

export interface DigestSubject {
  words: Words
  tenant: Tenant
  address: string
  day: string
  totals: DayTotal[]
  payments: Payment[]
}

/** Tells a member what was paid on a day. */
export class DigestMail extends LetterMail {
  constructor(
    private id: string,
    private about: DigestSubject
  ) {
    super()
  }

  get letter(): Letter {
    const { words, tenant, address, day, totals, payments } = this.about
    const { t, date } = words
    const count = totals.reduce((sum, total) => sum + total.count, 0)
    const values = { name: tenant.tradeName, date: date(day), count }
    const home = `${appUrl}/t/${tenant.slug}`
    const hidden = count - payments.length
    return {
      id: this.id,
      to: address,
      locale: words.locale,
      brand: platformBrand(t('common.product')),
      subject: t('mails.digest.subject', values),
      preview: t('mails.digest.heading', values),
      heading: t('mails.digest.heading', values),
      paragraphs: [],
      facts: totals.flatMap((total) => this.#sums(total)),
      action: { label: t('mails.digest.action'), url: `${home}/receivables` },
      table: { heading: t('mails.digest.payments'), rows: payments.map((one) => this.#row(one)) },
      notes: [
        ...(hidden > 0 ? [t('mails.digest.more', { count: hidden })] : []),
        t('mails.digest.why', { name: tenant.tradeName }),
      ],
    }
  }

  #sums({ currency, grossMinor, chargesMinor, feeMinor, netMinor }: DayTotal): Fact[] {
    const { t, money } = this.about.words
    return [
      { label: t('mails.digest.gross', { currency }), value: money(grossMinor, currency) },
      { label: t('mails.digest.charges'), value: money(-chargesMinor, currency) },
      { label: t('mails.digest.fee'), value: money(-feeMinor, currency) },
      { label: t('mails.digest.net'), value: money(netMinor, currency), strong: true },
    ]
  }

  #row({ amountMinor, currency, receivableId, charge }: Payment) {
    const { words, tenant } = this.about
    return {
      label: charge.receivable.description,
      url: `${appUrl}/t/${tenant.slug}/receivables/${receivableId}`,
      amount: words.money(amountMinor, currency),
    }
  }
}
