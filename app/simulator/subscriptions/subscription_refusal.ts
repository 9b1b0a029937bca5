import { Refusal } from '../api/refusal.js'

/** The words of the subscriptions API, which has neither codes nor causes. */
export class SubscriptionRefusal extends Refusal {
  constructor(
    status: 400 | 402 | 404,
    message: string,
    /** The `status_detail` of a card that was refused. */
    readonly code?: string
  ) {
    super(status, { message, ...(code && { code }), status })
  }
}

export function invalid(message: string): SubscriptionRefusal {
  return new SubscriptionRefusal(400, message)
}
