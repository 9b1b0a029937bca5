import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import { DateTime } from 'luxon'

export interface Signed {
  /** `data.id` of the query, as received. */
  dataId: string | null
  requestId: string | undefined
  /** The header `x-signature`. */
  signature: string
}

/** Above this a `ts` is in milliseconds, below in seconds: the documents know both. */
const MILLISECONDS_FROM = 1e11

interface SignatureHeader {
  ts?: string
  v1?: string
}

/** "ts=1763640000,v1=2ac0…" → { ts, v1 }. */
function parts(signature: string): SignatureHeader {
  const pairs = signature.split(',', 8).map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()]
  })
  return Object.fromEntries(pairs)
}

/** A missing part is left out together with its semicolon. */
function manifest(dataId: string | null, requestId: string | undefined, ts: string | undefined) {
  return [dataId && `id:${dataId};`, requestId && `request-id:${requestId};`, ts && `ts:${ts};`]
    .filter(Boolean)
    .join('')
}

/**
 * Whether one of the secrets signed it. The id is tried as received, then in lower case: senders
 * differ. How old it is does not matter: a notification is sent again for days.
 */
export function isSignedBy(secrets: KeyObject[], signed: Signed): boolean {
  const { ts, v1 } = parts(signed.signature)
  if (!v1 || !/^[\da-f]{64}$/i.test(v1)) return false
  const given = Buffer.from(v1, 'hex')
  const spellings = new Set([signed.dataId, signed.dataId?.toLowerCase() ?? null])
  for (const dataId of spellings) {
    const text = manifest(dataId, signed.requestId, ts)
    for (const secret of secrets) {
      if (timingSafeEqual(createHmac('sha256', secret).update(text).digest(), given)) return true
    }
  }
  return false
}

/** When it says that it was signed; null when it does not say so readably. */
export function signedAt(signature: string): DateTime | null {
  const { ts = '' } = parts(signature)
  if (!/^\d{9,14}$/.test(ts)) return null
  const value = Number(ts)
  return DateTime.fromMillis(value > MILLISECONDS_FROM ? value : value * 1000, { zone: 'utc' })
}
