import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import { html, type Reply } from '../http/reply.js'
import type { Payment } from '../payments/payment.js'
import { HOUR_MS } from '../time.js'
import { Markup, markup } from './markup.js'
import { STYLE } from './style.js'

const LINKS = [
  ['/', 'Start'],
  ['/payments', 'Payments'],
  ['/orders', 'Orders'],
  ['/subscriptions', 'Subscriptions'],
  ['/bank', 'Bank'],
  ['/money', 'Money'],
  ['/payouts', 'Payouts'],
  ['/reports', 'Reports'],
  ['/review', 'Card review'],
  ['/clock', 'Clock'],
  ['/faults', 'Faults'],
  ['/deliveries', 'Notifications'],
  ['/journal', 'Journal'],
] as const

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

interface PageOptions {
  status?: number
  /** Another origin that a form of the page may end at: a browser checks redirects too. */
  formTarget?: string
}

export function page(
  title: string,
  current: string,
  body: Markup,
  { status = 200, formTarget }: PageOptions = {}
): Reply {
  const links = LINKS.map(
    ([path, name]) =>
      markup`<a href="${path}" ${path === current && new Markup('aria-current="page"')}>${name}</a>`
  )
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Simulator — not Mercado Pago</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<p class="mark" style="margin:0">Simulator — not Mercado Pago. No money moves here.</p>
<header><nav aria-label="Simulator">${links}</nav></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`
  const reply = html(document.source, status)
  const headers = { ...reply.headers, ...HEADERS }
  if (formTarget) {
    const policy = HEADERS['content-security-policy']
    headers['content-security-policy'] = policy.replace("'self'", `'self' ${formTarget}`)
  }
  return { ...reply, headers }
}

export function money(minor: number, currency: string, decimals: number): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(fromMinor(minor, decimals))
}

export function paymentMoney(payment: Payment, minor: number): string {
  return money(minor, payment.currencyId, SITES[payment.siteId].decimals)
}

export function moment(at: number | null): string {
  return at === null ? '—' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** As the payer's calendar has it, since a boleto ends with its day there. */
export function deadline(payment: Payment): string {
  const { utcOffsetHours } = SITES[payment.siteId]
  if (payment.expiresAt === null) return '—'
  const local = new Date(payment.expiresAt + utcOffsetHours * HOUR_MS).toISOString()
  return `${local.slice(0, 16).replace('T', ' ')} (UTC${utcOffsetHours})`
}

export function state(payment: Payment): Markup {
  const tone = { approved: 'good', charged_back: 'bad', refunded: 'soft', cancelled: 'soft' }
  const name = (tone as Record<string, string>)[payment.status] ?? ''
  return markup`<span class="${name}">${payment.status}</span> <span class="soft">${payment.statusDetail}</span>`
}
