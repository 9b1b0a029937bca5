import { MailResponse } from '@adonisjs/mail'
import type { MailTransportContract, NodeMailerMessage, Recipient } from '@adonisjs/mail/types'

const addressOf = (recipient: Recipient) =>
  typeof recipient === 'string' ? recipient : `${recipient.name} <${recipient.address}>`

const addresses = (recipients: Recipient[] = []) => recipients.map(addressOf).join(', ')

/** Sends nothing: development's and the tests' mails are rows, readable at /dev/mails. */
class KeptTransport implements MailTransportContract {
  async send(message: NodeMailerMessage) {
    // Loaded here: the configuration names this file before the database is there.
    const { default: KeptMail } = await import('#app/core/models/kept_mail')
    const { id } = await KeptMail.create({
      sender: addresses(message.from ? [message.from] : []),
      replyTo: addresses(message.replyTo) || null,
      recipients: addresses(message.to),
      subject: message.subject ?? '',
      html: typeof message.html === 'string' ? message.html : null,
      text: typeof message.text === 'string' ? message.text : null,
      headers: message.headers ?? {},
    })
    const to = (message.to ?? []).map((one) => (typeof one === 'string' ? one : one.address))
    return new MailResponse(id, { from: false, to }, undefined)
  }
}

export const keptTransport = () => new KeptTransport()
