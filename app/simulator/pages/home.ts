import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import { page } from './layout.js'
import { markup } from './markup.js'

function accountCard(account: Account) {
  return markup`<section class="card">
<h2 style="margin-top:0">${account.nickname}</h2>
<dl>
<dt>Account</dt><dd><code>${account.id}</code> on ${account.site_id}, ${account.corporate_name}</dd>
<dt>Access token</dt><dd><code>${account.access_token}</code></dd>
<dt>Public key</dt><dd><code>${account.public_key}</code></dd>
<dt>Connected applications</dt><dd><a href="/accounts/${account.id}/connections">Who may act for it</a></dd>
<dt>Payments</dt><dd><a href="/payments?seller=${account.id}">See what was charged</a></dd>
<dt>Money</dt><dd><a href="/money?seller=${account.id}">See balance and movements</a></dd>
</dl>
</section>`
}

function applicationCards(sim: Simulator) {
  return sim.accounts.applications().map(
    (application) => markup`<section class="card">
<dl>
<dt>Client id</dt><dd><code>${application.client_id}</code></dd>
<dt>Client secret</dt><dd><code>${application.client_secret}</code></dd>
<dt>Redirect addresses</dt><dd><code>${application.redirect_uris?.join(', ') || 'none'}</code></dd>
<dt>Webhook</dt><dd><code>${application.webhook_url ?? 'none'}</code></dd>
<dt>Webhook secret</dt><dd><code>${application.webhook_secret ?? 'none'}</code></dd>
</dl>
</section>`
  )
}

function example(sim: Simulator, token: string): string {
  return `curl -s ${sim.url}/v1/payments \\
  -H 'Authorization: Bearer ${token}' \\
  -H 'Content-Type: application/json' -H "X-Idempotency-Key: $(date +%s%N)" \\
  -d '{"transaction_amount":150,"payment_method_id":"pix","payer":{"email":"customer@example.com"}}'`
}

export const showHome: Handler = (sim) => {
  const accounts = sim.accounts.list()
  return page(
    'A Mercado Pago of your own',
    '/',
    markup`<p>This server answers like Mercado Pago's API, and lets you do what no sandbox lets you:
pay a boleto, lose a chargeback, forget a webhook, live a month in a second.</p>
<h2>Point an application here</h2>
<pre>MERCADOPAGO_API_URL=${sim.url}
MERCADOPAGO_AUTH_URL=${sim.url}
CLOCK_URL=${sim.url}/_simulator/clock</pre>
<p>Use a token below as its access token. Then create a payment, or try this:</p>
<pre>${accounts[0] && example(sim, accounts[0].access_token)}</pre>
<p>Find it under <a href="/payments">Payments</a>; pay it there, on its ticket page or at the
<a href="/bank">bank</a>. Everything here can also be done over HTTP under
<code>/_simulator</code>: see <code>docs/simulator.md</code>.</p>
<h2>Accounts</h2>${accounts.map(accountCard)}
<h2>Applications</h2>${applicationCards(sim)}`
  )
}
