import { isObject, type Body } from '../payments/payment_request.js'
import type { Account } from '../store/accounts.js'
import type { BackUrls } from './preference.js'
import { NamedRefusal, isAbsent } from './preference_refusal.js'

const MAX_BACK_URL = 600
const MAX_NOTIFICATION_URL = 248

/** An app's own scheme is allowed, but nothing that a browser would run. */
const RUNNABLE = /^(javascript|data|vbscript):/i

function readBackUrl(value: unknown): string {
  if (isAbsent(value) || value === '') return ''
  const isAddress = typeof value === 'string' && URL.canParse(value) && !RUNNABLE.test(value.trim())
  if (!isAddress || value.length > MAX_BACK_URL) {
    throw new NamedRefusal('invalid_back_urls', 'back_urls invalid. Wrong format')
  }
  return value
}

/** Throws NamedRefusal `invalid_back_urls`. */
export function readBackUrls(value: unknown): BackUrls {
  if (isAbsent(value)) return { success: '', pending: '', failure: '' }
  if (!isObject(value)) {
    throw new NamedRefusal('invalid_back_urls', 'back_urls invalid. Wrong format')
  }
  return {
    success: readBackUrl(value.success),
    pending: readBackUrl(value.pending),
    failure: readBackUrl(value.failure),
  }
}

/** Mercado Pago overlooks an address that only this machine knows, or that is not encrypted. */
export function isOverlooked(url: string, { settings }: Account): boolean {
  if (settings.local_back_urls === 'accepted') return false
  const { protocol, hostname } = new URL(url)
  return protocol !== 'https:' || /^(localhost|127\.|\[::1\])/.test(hostname)
}

/** Throws NamedRefusal `invalid_auto_return`. */
export function readAutoReturn(body: Body, { success }: BackUrls, account: Account): string {
  const value = body.auto_return
  if (isAbsent(value) || value === '') return ''
  if (value !== 'approved' && value !== 'all') {
    throw new NamedRefusal('invalid_auto_return', 'auto_return invalid.')
  }
  if (success === '' || isOverlooked(success, account)) {
    const message = 'auto_return invalid. back_url.success must be defined'
    throw new NamedRefusal('invalid_auto_return', message)
  }
  return value
}

/** Throws NamedRefusal `invalid_notification_url`. */
export function readNotificationUrl(value: unknown): string | null {
  if (isAbsent(value) || value === '') return null
  const isAddress =
    typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
  if (!isAddress) {
    throw new NamedRefusal('invalid_notification_url', 'notification_url must be url valid')
  }
  if (value.length > MAX_NOTIFICATION_URL) {
    const message = `notification_url invalid. Max length ${MAX_NOTIFICATION_URL}`
    throw new NamedRefusal('invalid_notification_url', message)
  }
  return value
}
