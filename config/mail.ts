import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, transports } from '@adonisjs/mail'
import { keptTransport } from '#app/core/mail/kept_transport'

const host = env.get('SMTP_HOST')

/**
 * Where mails go: a mail server where one is named; without one they are kept in the database, to be
 * read at /dev/mails, and in production none is written at all.
 */
const sendsBy = host ? 'smtp' : app.inProduction ? 'nowhere' : 'kept'

export const mailsAreSent = sendsBy !== 'nowhere'
export const mailsAreKept = sendsBy === 'kept'

/** The address that every mail comes from; whose name stands beside it differs. */
export const mailAddress = env.get('MAIL_FROM') ?? 'no-reply@localhost.localdomain'

const user = env.get('SMTP_USERNAME')
const password = env.get('SMTP_PASSWORD')?.release() ?? ''

const mailConfig = defineConfig({
  default: host ? 'smtp' : 'kept',
  from: mailAddress,
  mailers: {
    smtp: transports.smtp({
      host: host ?? '',
      port: env.get('SMTP_PORT') ?? 587,
      // Port 465 speaks TLS from the first byte; the others are asked to change to it.
      secure: env.get('SMTP_PORT') === 465,
      ...(user && { auth: { type: 'login', user, pass: password } }),
      connectionTimeout: 10_000,
      socketTimeout: 20_000,
    }),
    kept: keptTransport,
  },
})

export default mailConfig

declare module '@adonisjs/mail/types' {
  export interface MailersList {
    smtp: unknown
    kept: unknown
  }
}
