import mail from '@adonisjs/mail/services/main'
import type { SilenceMail } from '#app/admin/actions/watch_news'
import { SilenceLetter } from '#app/admin/mails/silence_mail'
import NewsSilence from '#app/admin/models/news_silence'
import { countries } from '#app/core/countries'
import { mailFailure } from '#app/core/mail/smtp_outcome'
import { wordsOf } from '#app/core/mail/words'
import { TryAgain, type EffectHandler } from '#app/core/work/contracts'
import User from '#app/identity/models/user'

/** A mail server did not take a mail; the message holds no address. */
class MailNotTaken extends Error {}

/** The effect of a silence: one mail to one platform admin, unless it has ended meanwhile. */
export class SendSilenceMail implements EffectHandler<SilenceMail> {
  /** @throws TryAgain, MailNotTaken: again later */
  async handle({ silenceId, userId }: SilenceMail) {
    const silence = await NewsSilence.findOrFail(silenceId)
    const reader = await User.findOrFail(userId)
    if (silence.endedAt || !reader.isPlatformAdmin || !reader.isActive) return
    const { locale, timeZone } = reader
    const words = wordsOf({ locale, timeZone, country: countries.BR.code })
    const letter = new SilenceLetter(silence, reader, words)
    await letter.build()
    try {
      await mail.send(letter)
    } catch (error) {
      const { kind, answer } = mailFailure(error)
      if (kind === 'later') throw new TryAgain(answer)
      throw new MailNotTaken(answer)
    }
  }
}
