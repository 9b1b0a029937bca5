import { json, type Reply } from '../http/reply.js'

/** A refusal in the words of an API that does not use the numeric codes. */
export class Refusal extends Error {
  readonly reply: Reply

  constructor(status: number, body: Record<string, unknown> & { message: string }) {
    super(body.message)
    this.reply = json(status, body)
  }
}
