import { randomBytes, randomUUID } from 'node:crypto'
import { bodyText, type Attempt, type Delivery } from './delivery.js'
import { signatureOf } from './signature.js'

export interface Sending {
  secret: string | null
  now: number
  timeoutMs: number
  /** Aborts when nobody waits for the outcome any more. */
  stopping: AbortSignal
}

function addressOf(delivery: Delivery): string {
  const url = new URL(delivery.url)
  const [topic, id] = delivery.format === 'ipn' ? ['topic', 'id'] : ['type', 'data.id']
  url.searchParams.set(id, delivery.dataId)
  url.searchParams.set(topic, delivery.topic)
  return url.href
}

function signatureFor(delivery: Delivery, requestId: string, sending: Sending): string | null {
  if (delivery.signing === 'unsigned' || !sending.secret) return null
  const secret = delivery.signing === 'forged' ? randomBytes(32).toString('hex') : sending.secret
  const seconds = delivery.tsSeconds ?? Math.floor(sending.now / 1000)
  const dataId = delivery.signedIdCase === 'lower' ? delivery.dataId.toLowerCase() : delivery.dataId
  const ts = String(delivery.tsUnit === 'ms' ? seconds * 1000 : seconds)
  return signatureOf(secret, { dataId, requestId, ts })
}

/** One attempt: never throws, whatever the receiver does. */
export async function send(delivery: Delivery, sending: Sending): Promise<Attempt> {
  const requestId = randomUUID()
  const signature = signatureFor(delivery, requestId, sending)
  const startedAt = performance.now()
  const attempt = (status: number | null, error: string | null): Attempt => ({
    at: sending.now,
    status,
    error,
    duration_ms: Math.round(performance.now() - startedAt),
    request_id: requestId,
    signature,
  })
  try {
    const response = await fetch(addressOf(delivery), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'restclient-node/4.15.3',
        'x-request-id': requestId,
        ...(signature && { 'x-signature': signature }),
      },
      body: bodyText(delivery),
      signal: AbortSignal.any([sending.stopping, AbortSignal.timeout(sending.timeoutMs)]),
    })
    await response.body?.cancel()
    return attempt(response.status, null)
  } catch (error) {
    return attempt(null, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause as { code?: string } | undefined
  return cause?.code ?? error.name
}
