import { createHmac, randomUUID } from 'node:crypto'
import GatewayConfig from '#app/gateway/models/gateway_config'
import type { ModelAttributes } from '@adonisjs/lucid/types/model'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import WebhookEvent from '#app/webhooks/models/webhook_event'

export const WEBHOOK_SECRET = 'a-secret-that-the-admin-entered'

/** The admin has entered these secrets, and no others. */
export async function givenWebhookSecrets(...secrets: string[]) {
  const config = await GatewayConfig.current()
  const addedAt = new Date().toISOString()
  config.webhookSecrets = secrets.map((secret) => ({ id: newId(), secret, addedAt }))
  await config.save()
}

export interface Posted {
  topic?: string
  dataId?: string
  userId?: string | number
  notificationId?: string | number
  action?: string
  /** Null sends no signature. */
  secret?: string | null
  ts?: string
  /** The id as it is spelled in what is signed. */
  signedId?: string
  requestId?: string
  body?: string | Buffer
  query?: string
  /** The address that it comes from, as a proxy says. */
  sender?: string
}

let counter = 0

/** A request as Mercado Pago makes it. */
export function notificationOf(posted: Posted = {}) {
  const {
    topic = 'payment',
    dataId = '1234567890',
    userId = 1,
    notificationId = `9${++counter}`,
    action = 'payment.updated',
    secret = WEBHOOK_SECRET,
    ts = String(Math.floor(Date.now() / 1000)),
    signedId = dataId,
    requestId = randomUUID(),
    sender = '127.0.0.1',
  } = posted
  const query = posted.query ?? new URLSearchParams({ 'data.id': dataId, 'type': topic }).toString()
  const body =
    posted.body ??
    JSON.stringify({
      id: Number(notificationId),
      live_mode: true,
      type: topic,
      user_id: Number(userId),
      action,
      data: { id: dataId },
    })
  const manifest = `id:${signedId};request-id:${requestId};ts:${ts};`
  const v1 = secret === null ? null : createHmac('sha256', secret).update(manifest).digest('hex')
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-request-id': requestId,
    'x-forwarded-for': sender,
    ...(v1 && { 'x-signature': `ts=${ts},v1=${v1}` }),
  }
  return { query, body, headers }
}

/** Posts it to the door of the app. @returns the answer's status and body. */
export async function notify(posted: Posted = {}, baseUrl = process.env.APP_URL) {
  const { query, body, headers } = notificationOf(posted)
  const response = await fetch(`${baseUrl}/webhooks/mercadopago?${query}`, {
    method: 'POST',
    headers,
    body,
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : null }
}

/** A row of the inbox that waits to be looked at. */
export const givenEvent = (
  values: Partial<ModelAttributes<WebhookEvent>> = {}
): Promise<WebhookEvent> => {
  const now = clock.now()
  return WebhookEvent.create({
    dedupeKey: newId(),
    topic: 'payment',
    resourceId: String(++counter),
    mpUserId: '1',
    signature: 'valid',
    query: 'data.id=1',
    body: '{}',
    state: 'received',
    lane: '1',
    attempts: 0,
    runAt: now,
    receivedAt: now,
    ...values,
  })
}
