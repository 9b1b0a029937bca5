import { createHmac } from 'node:crypto'

/** The text that is signed: a missing part is left out together with its semicolon. */
export function manifestOf(dataId: string, requestId: string, ts: string): string {
  const parts = { 'id': dataId, 'request-id': requestId, ts }
  return Object.entries(parts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}:${value};`)
    .join('')
}

/** The header `x-signature`. */
export function signatureOf(
  secret: string,
  signed: { dataId: string; requestId: string; ts: string }
): string {
  const manifest = manifestOf(signed.dataId, signed.requestId, signed.ts)
  const hash = createHmac('sha256', secret).update(manifest).digest('hex')
  return `ts=${signed.ts},v1=${hash}`
}
