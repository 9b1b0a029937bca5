import type { Reply } from '../http/reply.js'

const TITLES = {
  400: 'Bad request',
  403: 'Refused',
  404: 'Not found',
  409: 'Not in this state',
} as const

/** A refusal of the control API, answered as `application/problem+json`. */
export class Problem extends Error {
  constructor(
    readonly status: keyof typeof TITLES,
    detail: string
  ) {
    super(detail)
  }
}

export function problemReply({ status, message }: Problem): Reply {
  const body = { type: 'about:blank', title: TITLES[status], status, detail: message }
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify(body),
  }
}
