import type { Reply } from '../http/reply.js'

/** A refusal of the control API, answered as `application/problem+json`. */
export class Problem extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    detail: string
  ) {
    super(detail)
  }
}

const TITLES = { 400: 'Bad request', 404: 'Not found', 409: 'Not in this state' }

export function problemReply({ status, message }: Problem): Reply {
  const body = { type: 'about:blank', title: TITLES[status], status, detail: message }
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify(body),
  }
}
