import { changeApplication } from '../control/applications.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import type { Account, Application } from '../store/accounts.js'
import { page } from './layout.js'
import { markup, type Markup } from './markup.js'

/** What each page is for: a stranger reads this first. */
const PLACES = [
  ['/payments', 'Payments', 'what was charged: refund it, charge it back, see what it cost'],
  ['/orders', 'Orders', 'the same of the newer API'],
  ['/subscriptions', 'Subscriptions', 'plans, subscribers and their instalments'],
  ['/bank', 'Bank', 'where a payer pays a boleto, a Pix or a voucher by its code'],
  ['/money', 'Money', 'balances, and movements that belong to no payment'],
  ['/payouts', 'Payouts', 'money that was sent, and what becomes of it'],
  ['/reports', 'Reports', 'releases and settlements as files'],
  ['/review', 'Card review', 'cards that somebody has to look at first'],
  ['/clock', 'Clock', 'let days pass: boletos expire, money is released'],
  ['/faults', 'Faults', 'let things go wrong: errors, lost answers, forged news'],
  ['/deliveries', 'Notifications', 'what applications were told, and how they answered'],
  ['/journal', 'Journal', 'every call, and everything that happened'],
] as const

/** A click selects it whole. */
function whole(text: string): Markup {
  return markup`<code class="whole">${text}</code>`
}

function accountCard({ id, ...account }: Account): Markup {
  return markup`<section class="card"><h3>${account.nickname}</h3><dl>
<dt>Account</dt><dd>${whole(String(id))} on ${account.site_id}, ${account.corporate_name}</dd>
<dt>Access token</dt><dd>${whole(account.access_token)}</dd>
<dt>Public key</dt><dd>${whole(account.public_key)}</dd></dl>
<p class="row"><a href="/payments?seller=${id}">Payments</a> <a href="/money?seller=${id}">Money</a>
<a href="/accounts/${id}/connections">Connected applications</a></p></section>`
}

function applicationCard(application: Application): Markup {
  const { client_id: id, webhook_url: webhook } = application
  return markup`<section class="card"><h3>${application.name}</h3><dl>
<dt>Client id</dt><dd>${whole(id)}</dd>
<dt>Client secret</dt><dd>${whole(application.client_secret)}</dd>
<dt>Redirect addresses</dt><dd><code>${application.redirect_uris?.join(', ') || 'none'}</code></dd>
<dt>Webhook secret</dt><dd>${whole(application.webhook_secret ?? 'none')}</dd></dl>
<form method="post" action="/applications/${id}/webhook"><p><label for="webhook-${id}">Webhook: where it is told
of payments; empty: nowhere</label>
<input id="webhook-${id}" name="webhook_url" type="url" value="${webhook}" class="wide"></p>
<p><button class="plain">Tell it there</button></p></form></section>`
}

/** Lines that a shell takes as they are. */
function examples({ url }: Simulator, token: string): string {
  return `curl -s ${url}/v1/payments \\
  -H 'Authorization: Bearer ${token}' \\
  -H 'Content-Type: application/json' -H "X-Idempotency-Key: $(date +%s%N)" \\
  -d '{"transaction_amount":150,"payment_method_id":"pix","payer":{"email":"customer@example.com"}}'`
}

function settings({ url }: Simulator, application: Application | undefined): string {
  const ofApplication = application && [
    `MERCADOPAGO_CLIENT_ID=${application.client_id}`,
    `MERCADOPAGO_CLIENT_SECRET=${application.client_secret}`,
    `MERCADOPAGO_WEBHOOK_SECRETS=${application.webhook_secret ?? ''}`,
  ]
  return [
    `MERCADOPAGO_API_URL=${url}`,
    `MERCADOPAGO_AUTH_URL=${url}`,
    `CLOCK_URL=${url}/_simulator/clock`,
    ...(ofApplication ?? []),
  ].join('\n')
}

function firstSteps(sim: Simulator, account: Account | undefined): Markup {
  return markup`<h2>Charge somebody</h2>
<p>Paste this into a terminal:</p><pre class="whole">${account && examples(sim, account.access_token)}</pre>
<p>The answer is a Pix that nobody has paid. Find it under <a href="/payments">Payments</a> and pay it there,
on its ticket page, or at the <a href="/bank">bank</a>. Or over HTTP, with the <code>id</code> of the answer:
<code>curl -X POST ${sim.url}/_simulator/payments/<em>id</em>/pay</code></p>
<h2>Point an application here</h2>
<p>Repasse takes these lines in its <code>.env</code>:</p>
<pre class="whole">${settings(sim, sim.accounts.applications()[0])}</pre>
<p>Any other: put <code>${sim.url}</code> where it says <code>https://api.mercadopago.com</code>. The official
package for Node has a constant for that, <code>AppConfig.BASE_URL</code> in
<code>mercadopago/dist/utils/config</code>. Use a token below, and tell the application's webhook where your
own application answers. Sellers connect at
<code>${sim.url}/authorization</code>.</p>`
}

export const showHome: Handler = (sim) => {
  const accounts = sim.accounts.list()
  const places = PLACES.map(
    ([path, name, use]) => markup`<dt><a href="${path}">${name}</a></dt><dd>${use}</dd>`
  )
  return page(
    'A Mercado Pago of your own',
    '/',
    markup`<p>This server answers like Mercado Pago's API, and lets you do what no sandbox lets you:
pay a boleto, lose a chargeback, forget a webhook, live a month in a second. Nothing here is real, and nothing
leaves this machine but notifications.</p>
${firstSteps(sim, accounts[0])}
<h2>Look around</h2><section class="card"><dl>${places}</dl></section>
<p>All of it can also be done over HTTP, under <code>/_simulator</code>: <code>docs/simulator.md</code> lists
the calls, the cards for tests and the faults.</p>
<h2>Accounts</h2><p>A click selects a token whole. A card's holder decides what becomes of it:
<code>APRO</code> pays, <code>FUND</code> does not, <code>CONT</code> is reviewed.</p>
<div class="grid">${accounts.map(accountCard)}</div>
<h2>Applications</h2><div class="grid">${sim.accounts.applications().map(applicationCard)}</div>`
  )
}

/** Throws Problem. */
export const storeWebhookAddress: Handler = (sim, call) => {
  const url = formBody(call).get('webhook_url') || null
  changeApplication(sim, call.params.id, { webhook_url: url })
  return redirect('/')
}
