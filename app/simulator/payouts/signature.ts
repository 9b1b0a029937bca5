import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { header, type Call } from '../http/call.js'
import { PayoutRefusal } from './payout_refusal.js'

/** The key of a PEM, or null if it holds no public Ed25519 key. */
export function ed25519Key(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/** Only who asks for enforcement is checked: `false` is how a test calls. Throws PayoutRefusal. */
export function checkSignature(call: Call, publicKey: string | null): void {
  if (header(call, 'x-enforce-signature')?.toLowerCase() !== 'true') return
  const refuse = (detail: string) =>
    new PayoutRefusal(400, 'unauthorized', 'unauthorized', [detail])
  if (!publicKey) throw refuse('no public key is registered for this application')
  const signature = header(call, 'x-signature')
  if (!signature) throw refuse('x-signature is missing')
  const body = Buffer.from(call.body, 'utf8')
  if (!verify(null, body, publicKey, Buffer.from(signature, 'base64'))) {
    throw refuse('x-signature is not that of this body')
  }
}
