/** What arrived at the door, as it arrived. */
export interface RawNotification {
  /** Without the question mark. */
  query: string
  body: string
  signature: string | undefined
  requestId: string | undefined
  sender: string
}

/** What it points at. Every text fits its column, and what does not look right is null. */
export interface Incoming extends RawNotification {
  topic: string | null
  action: string | null
  notificationId: string | null
  resourceId: string | null
  mpUserId: string | null
  application: string | null
  /** The id that the signature covers: `data.id` of the query, as received. */
  signedId: string | null
  /** The older form, `?topic=…&id=…`: its signature cannot be verified. */
  isIpn: boolean
}

const ID = /^[\w-]{1,64}$/
const WORD = /^[\w.-]{1,64}$/
const NUMBER = /^\d{1,24}$/

const firstThat = (form: RegExp, ...candidates: unknown[]): string | null =>
  candidates.find((text): text is string => typeof text === 'string' && form.test(text)) ?? null

/** Numbers stay the digits that were sent: ids beyond 2^53 exist. Null when it is no JSON object. */
function parseBody(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body, ((
      _key: string,
      value: unknown,
      context?: { source?: string }
    ) => (typeof value === 'number' ? context?.source : value)) as (
      key: string,
      value: unknown
    ) => unknown)
    return typeof parsed === 'object' ? (parsed as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

/** "https://api.mercadolibre.com/merchant_orders/4018801790" → "4018801790". */
const lastSegment = (resource: unknown) =>
  typeof resource === 'string' ? resource.slice(resource.lastIndexOf('/') + 1) : undefined

/** Reads what a notification points at. Never throws, whatever was sent. */
export function readNotification(raw: RawNotification): Incoming {
  const query = new URLSearchParams(raw.query)
  const body = parseBody(raw.body) ?? {}
  const data = (typeof body.data === 'object' ? body.data : null) as { id?: unknown } | null
  const signedId = query.get('data.id')
  const isIpn = signedId === null && query.has('topic') && query.has('id')
  return {
    ...raw,
    topic: firstThat(WORD, query.get('type'), query.get('topic'), body.type, body.topic),
    action: firstThat(WORD, body.action),
    notificationId: isIpn ? null : firstThat(ID, body.id),
    resourceId: firstThat(
      ID,
      signedId,
      isIpn ? query.get('id') : undefined,
      data?.id,
      lastSegment(body.resource)
    ),
    mpUserId: firstThat(NUMBER, body.user_id),
    application: firstThat(NUMBER, body.application_id),
    signedId,
    isIpn,
  }
}
