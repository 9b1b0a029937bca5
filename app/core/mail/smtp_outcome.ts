/** What a mail server's refusal means for the mail. */
export interface MailFailure {
  /**
   * `refused`: this address or this mail, for good. `later`: the server is away or asks for patience.
   * `ours`: our own settings; somebody has to look.
   */
  kind: 'refused' | 'later' | 'ours'
  /** What the server said, without addresses; one short line. */
  answer: string
}

/** As nodemailer tells of it. */
interface SmtpError {
  code?: string
  command?: string
  responseCode?: number
  response?: string
  message?: string
}

/** The connection, not the mail. A cut after the last byte leaves unknown whether it was taken. */
const AWAY = [
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ESOCKET',
  'ETIMEDOUT',
  'EDNS',
  'EPROTOCOL',
  'ESTREAM',
]

const MOST_OF_ANSWER = 200
const ADDRESS = /<?[^\s<>@]+@[^\s<>@]+>?/g

export function mailFailure(error: unknown): MailFailure {
  const smtp = (error ?? {}) as SmtpError
  return { kind: kindOf(smtp), answer: answerOf(smtp) }
}

function kindOf({ code = '', command = '', responseCode }: SmtpError): MailFailure['kind'] {
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return 'later'
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    // Our own address was not accepted: no mail of ours is.
    return command === 'MAIL FROM' ? 'ours' : 'refused'
  }
  if (responseCode === undefined && AWAY.includes(code)) return 'later'
  return 'ours'
}

const answerOf = ({ response, message, code }: SmtpError): string =>
  (response ?? message ?? code ?? '')
    .replace(ADDRESS, '***')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_OF_ANSWER)
