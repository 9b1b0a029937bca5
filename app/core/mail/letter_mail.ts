import { BaseMail } from '@adonisjs/mail'
import i18nManager from '@adonisjs/i18n/services/main'
import edge from 'edge.js'
import { appUrl } from '#config/app'
import { mailAddress } from '#config/mail'
import { headerText } from '#app/core/mail/header_text'
import type { Letter } from '#app/core/mail/letter'

const MOST_OF_SUBJECT = 160

/** A mail that is drawn from a letter, in the look of whom it comes from. */
export abstract class LetterMail extends BaseMail {
  abstract readonly letter: Letter

  async prepare() {
    const { letter } = this
    const { brand, to, stop } = letter
    this.message
      .messageId(`<${letter.id}@${new URL(appUrl).hostname}>`)
      .from(mailAddress, headerText(brand.name))
      .to(to)
      .subject(headerText(letter.subject, MOST_OF_SUBJECT))
      // No answering machine answers this.
      .header('Auto-Submitted', 'auto-generated')
      .html(await this.#draw('emails/letter'))
      .text(await this.#draw('emails/letter_text'))
    if (brand.contactEmail) this.message.replyTo(brand.contactEmail, headerText(brand.name))
    if (!stop) return
    // RFC 8058: mail programs end it with one POST, without opening the page.
    this.message
      .header('List-Unsubscribe', `<${stop.url}>`)
      .header('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click')
  }

  #draw(template: string): Promise<string> {
    const { letter } = this
    return edge
      .createRenderer()
      .share({ i18n: i18nManager.locale(letter.locale) })
      .render(template, { letter })
  }
}
