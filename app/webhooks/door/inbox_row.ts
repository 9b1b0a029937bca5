import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import mercadopago from '#config/mercadopago'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { newId } from '#app/core/ids'
import type { Incoming } from '#app/webhooks/door/incoming'
import { signedAt } from '#app/webhooks/door/signature'

/** What the door decided about a notification. */
export interface Judgement {
  signature: 'valid' | 'missing' | 'invalid'
  state: 'received' | 'ignored' | 'rejected'
  reason: string | null
  /** Rows of one lane share a worker's attention; see `WorkTable`. */
  lane: string
}

const fingerprint = (...parts: (string | null)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

/**
 * Two notifications with the same key are one. What was rejected, hinted at or forged never takes
 * the key of a genuine one: that may still come.
 */
export function dedupeKey(incoming: Incoming, { signature, state }: Judgement): string {
  const { topic, action, resourceId, notificationId, mpUserId } = incoming
  const now = instantText(DateTime.utc())
  if (signature === 'missing') return `hint:${fingerprint(topic, resourceId, now.slice(0, 13))}`
  if (signature === 'invalid') return `forged:${newId()}`
  const application = incoming.application ?? mercadopago.clientId ?? null
  const said = notificationId
    ? fingerprint(application, topic, notificationId, action, resourceId, mpUserId)
    : fingerprint(now.slice(0, 10), incoming.query, incoming.body)
  return `${state === 'rejected' ? 'rejected' : 'signed'}:${said}`
}

/** PostgreSQL stores no NUL in a text. */
const storable = (text: string, length: number) => text.replaceAll('\0', '').slice(0, length)

/** The row of the inbox, ready to insert; times as text. */
export function inboxRow(incoming: Incoming, judgement: Judgement) {
  const now = clock.now()
  const ended = judgement.state === 'received' ? null : instantText(now)
  const signed = incoming.signature ? signedAt(incoming.signature) : null
  return {
    id: newId(),
    dedupe_key: dedupeKey(incoming, judgement),
    topic: incoming.topic ?? '',
    action: incoming.action,
    notification_id: incoming.notificationId,
    resource_id: incoming.resourceId ?? '',
    mp_user_id: incoming.mpUserId,
    signature: judgement.signature,
    signed_at: signed && instantText(signed),
    request_id: incoming.requestId === undefined ? null : storable(incoming.requestId, 128),
    query: storable(incoming.query, 2048),
    body: storable(incoming.body, 65_536),
    state: judgement.state,
    reason: judgement.reason,
    lane: judgement.lane,
    attempts: 0,
    run_at: instantText(now),
    received_at: instantText(now),
    finished_at: ended,
  }
}

export type InboxRow = ReturnType<typeof inboxRow>
