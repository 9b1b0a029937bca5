import { appUrl } from '#config/app'
import type NewsSilence from '#app/admin/models/news_silence'
import { platformBrand } from '#app/core/mail/brand'
import type { Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import type { Words } from '#app/core/mail/words'
import type User from '#app/identity/models/user'

/** Tells a platform admin that an account has had no news for too long. */
export class SilenceLetter extends LetterMail {
  constructor(
    private silence: NewsSilence,
    private reader: User,
    private words: Words
  ) {
    super()
  }

  get letter(): Letter {
    const { id, collectorId, silentSince, expectedNews } = this.silence
    const { t, dateTime, locale } = this.words
    const values = { account: collectorId, since: dateTime(silentSince), count: expectedNews }
    return {
      id: `silence-${id}-${this.reader.id}`,
      to: this.reader.email,
      locale,
      brand: platformBrand(t('common.product')),
      subject: t('webhooks.silence.subject', values),
      preview: t('webhooks.silence.title', values),
      heading: t('webhooks.silence.title', values),
      paragraphs: [t('webhooks.silence.text', values), t('webhooks.silence.do')],
      facts: [
        { label: t('webhooks.silence.account'), value: collectorId },
        { label: t('webhooks.silence.last'), value: dateTime(silentSince) },
      ],
      action: {
        label: t('webhooks.silence.action'),
        url: `${appUrl}/admin/webhooks?account=${collectorId}`,
      },
      notes: [t('webhooks.silence.why')],
    }
  }
}
