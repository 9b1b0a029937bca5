import { json, type Reply } from '../http/reply.js'

/** What stands before every API answers to whom it does not let through. */
export const POLICY_BLOCK = {
  code: 'PA_UNAUTHORIZED_RESULT_FROM_POLICIES',
  blocked_by: 'PolicyAgent',
  message: 'At least one policy returned UNAUTHORIZED.',
  status: 403,
}

/** A refusal in the words of an API that does not use the numeric codes. */
export class Refusal extends Error {
  readonly reply: Reply

  constructor(status: number, body: Record<string, unknown> & { message: string }) {
    super(body.message)
    this.reply = json(status, body)
  }
}
