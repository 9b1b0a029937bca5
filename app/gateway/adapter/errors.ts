import { MercadoPagoError, MPRateLimitError } from 'mercadopago'
import {
  ProviderBusy,
  ProviderCredentialRefused,
  ProviderError,
  ProviderNotFound,
  ProviderOutcomeUnknown,
  ProviderRefused,
  ProviderUnreadable,
} from '#app/gateway/provider_errors'
import { idText, object, text } from './json.js'

/** "The same request was posted within the last minute": perhaps by our own lost first try. */
const ALREADY_POSTED = '2001'

/** Locked, depending on something locked, or asked to wait: nothing was done. */
const WAIT = [423, 424, 429]

/** The body's own code: its causes come as a list, an object, null or not at all. */
function codeOf(error: MercadoPagoError): string {
  const causes: unknown = error.causes
  const first = object(Array.isArray(causes) ? causes[0] : causes)
  return idText(first.code) ?? text(error.error) ?? String(error.status)
}

function afterAnswer(error: MercadoPagoError, doing: 'read' | 'write'): ProviderError {
  const { status } = error
  if (status === 401 || status === 403) return new ProviderCredentialRefused(status)
  if (status === 404) return new ProviderNotFound('Mercado Pago has nothing there')
  if (WAIT.includes(status)) {
    return new ProviderBusy(error instanceof MPRateLimitError ? error.retryAfter : null)
  }
  const code = codeOf(error)
  const clear = status >= 400 && status < 500 && status !== 408 && status !== 409
  if (clear && code !== ALREADY_POSTED) return new ProviderRefused(status, code, error.message)
  return doing === 'read' ? new ProviderBusy(null) : new ProviderOutcomeUnknown(error)
}

/** What the failure of a call means; a time-out after which a write may have been done included. */
export function providerError(error: unknown, doing: 'read' | 'write'): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof MercadoPagoError) return afterAnswer(error, doing)
  return doing === 'read' ? new ProviderUnreadable(error) : new ProviderOutcomeUnknown(error)
}
