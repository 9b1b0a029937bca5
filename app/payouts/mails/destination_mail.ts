import { appUrl } from '#config/app'
import { platformBrand } from '#app/core/mail/brand'
import type { Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import type { Words } from '#app/core/mail/words'
import type PayoutDestination from '#app/payouts/models/payout_destination'
import type Tenant from '#app/tenants/models/tenant'

export interface DestinationSubject {
  words: Words
  tenant: Tenant
  address: string
  destination: PayoutDestination
}

/** Tells an owner that the tenant's money goes elsewhere from now on. */
export class DestinationMail extends LetterMail {
  constructor(
    private id: string,
    private about: DestinationSubject
  ) {
    super()
  }

  get letter(): Letter {
    const { words, tenant, address, destination } = this.about
    const { t, dateTime } = words
    const values = { name: tenant.tradeName }
    return {
      id: this.id,
      to: address,
      locale: words.locale,
      brand: platformBrand(t('common.product')),
      subject: t('payouts.mail.subject', values),
      preview: t('payouts.mail.heading', values),
      heading: t('payouts.mail.heading', values),
      paragraphs: [t('payouts.mail.text')],
      facts: [
        {
          label: t(`payouts.destination.kinds.${destination.kind}`),
          value: destination.masked,
          strong: true,
        },
        { label: t('payouts.destination.since'), value: dateTime(destination.createdAt) },
        { label: t('payouts.destination.usable_from'), value: dateTime(destination.usableFrom) },
      ],
      action: {
        label: t('payouts.mail.action'),
        url: `${appUrl}/t/${tenant.slug}/payouts/destination`,
      },
      notes: [t('payouts.mail.not_you')],
    }
  }
}
