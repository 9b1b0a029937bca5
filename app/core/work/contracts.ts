import type { Trx } from '#app/core/transaction'

/** What the inbox hands to a handler: where to look, and nothing of what a body claimed. */
export interface Notification {
  eventId: string
  topic: string
  resourceId: string
  /** The account that the notification says it is of; decimal text, null when it did not say. */
  mpUserId: string | null
  signature: 'valid' | 'missing' | 'invalid'
}

export interface Verdict {
  state: 'processed' | 'ignored' | 'rejected'
  /** A short code that the admin's page translates, e.g. `invalid_tenant`. */
  reason?: string
  tenantId?: string | null
}

/**
 * Ends the inbox row inside the handler's own transaction, so that both happen or neither. Throws
 * when the lease was lost meanwhile: the transaction must then roll back.
 */
export type CompleteNotification = (trx: Trx, verdict: Verdict) => Promise<void>

/**
 * Turns one notification into facts. It fetches the truth outside any transaction, applies it and
 * calls `complete` in one transaction. Any error means: again later, with back-off.
 * @returns false when the resource is not this handler's; the next one is asked.
 */
export interface NotificationHandler {
  handle(notification: Notification, complete: CompleteNotification): Promise<boolean>
}

/** What the outbox hands to an effect's handler; it may run late or twice. */
export interface EffectHandler<Payload = Record<string, unknown>> {
  handle(payload: Payload, effect: { id: string; tenantId: string | null }): Promise<void>
}

/** Not yet: run this row again after the delay, without counting it as a failure of ours. */
export class TryAgain extends Error {
  constructor(
    readonly reason: string,
    readonly delaySeconds?: number
  ) {
    super(reason)
  }
}
