import { createServer, type Socket } from 'node:net'
import mail from '@adonisjs/mail/services/main'
import { SMTPTransport } from '@adonisjs/mail/transports/smtp'

export interface ReceivedMail {
  from: string
  to: string
  /** All of it, headers first, unfolded; lines end with \n. */
  raw: string
}

type Answer = string | 'hang up'

/** What the server answers to a command instead of taking it. */
export interface Refusals {
  greeting?: Answer
  from?: Answer
  to?: Answer
  data?: Answer
  /** After the last byte: the mail counts as taken, unless a code refuses it. */
  end?: Answer
}

/** A mail server on this machine, as far as a mail needs one. */
export class MailServer {
  readonly received: ReceivedMail[] = []
  /** How many times somebody connected. */
  connections = 0
  refusals: Refusals = {}
  #sockets = new Set<Socket>()
  #server = createServer((socket) => this.#talk(socket))

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as { port: number }).port
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #talk(socket: Socket) {
    this.connections++
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {})
    const say = (answer: Answer) => {
      if (answer === 'hang up') socket.destroy()
      else socket.write(`${answer}\r\n`)
    }
    let [from, to, body, buffer] = ['', '', null as string | null, '']
    const inOrder: [RegExp, (line: string) => Answer][] = [
      [/^(EHLO|HELO)/i, () => '250 here'],
      [/^MAIL FROM:/i, (line) => ((from = addressIn(line)), this.refusals.from ?? '250 ok')],
      [/^RCPT TO:/i, (line) => ((to = addressIn(line)), this.refusals.to ?? '250 ok')],
      [/^DATA/i, () => (this.refusals.data ? this.refusals.data : ((body = ''), '354 go on'))],
      [/^QUIT/i, () => '221 bye'],
    ]
    const take = (line: string) => {
      if (body === null) {
        const [, answer] = inOrder.find(([command]) => command.test(line)) ?? []
        return say(answer ? answer(line) : '250 ok')
      }
      if (line !== '.') return void (body += `${line.replace(/^\.\./, '.')}\n`)
      const { end = '250 taken' } = this.refusals
      if (end === 'hang up' || end.startsWith('2')) this.received.push({ from, to, raw: body })
      body = null
      return say(end)
    }
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1')
      const lines = buffer.split('\r\n')
      buffer = lines.pop()!
      lines.forEach(take)
    })
    say(this.refusals.greeting ?? '220 mail server of this test')
  }
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? ''

/** A header's value, unfolded and still encoded. */
export function headerOf({ raw }: ReceivedMail, name: string): string | undefined {
  const [head] = raw.split('\n\n')
  const unfolded = head.replace(/\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]
}

interface MailConfig {
  mailers: Record<string, () => unknown>
  default: string
}

/**
 * Mails of this test go to a server of its own instead of being kept.
 * @returns the server, and how to go back
 */
export async function withMailServer(): Promise<{ server: MailServer; end: () => Promise<void> }> {
  const server = new MailServer()
  const port = await server.start()
  const config = mail.config as unknown as MailConfig
  const { mailers, default: before } = config
  const smtp = new SMTPTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  config.mailers = { ...mailers, smtp: () => smtp }
  config.default = 'smtp'
  await mail.closeAll()
  const end = async () => {
    config.mailers = mailers
    config.default = before
    await mail.closeAll()
    await server.stop()
  }
  return { server, end }
}
