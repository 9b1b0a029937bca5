import { accountOf } from '../control/movements.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Grant } from '../oauth/grant.js'
import { unlink } from '../oauth/link.js'
import type { Simulator } from '../simulator.js'
import { moment, page } from './layout.js'
import { markup } from './markup.js'

function card(sim: Simulator, grant: Grant) {
  const name = sim.accounts.application(grant.clientId)?.name ?? grant.clientId
  const until = grant.refreshToken ? moment(grant.refreshUntil) : 'never: no offline access'
  return markup`<section class="card"><h2>${name}</h2><dl>
<dt>Client id</dt><dd><code>${grant.clientId}</code></dd>
<dt>May</dt><dd>${grant.scope}</dd>
<dt>Connected</dt><dd>${moment(grant.linkedAt)}</dd>
<dt>Last renewed</dt><dd>${moment(grant.renewedAt)}</dd>
<dt>Renewable until</dt><dd>${until}</dd></dl>
<form method="post" action="/accounts/${grant.accountId}/connections/removal">
<input type="hidden" name="client_id" value="${grant.clientId}">
<p><button>Disconnect ${name}</button></p></form></section>`
}

export const listConnections: Handler = (sim, call) => {
  const account = accountOf(sim, call)
  const grants = sim.grants.of(account.id)
  const none = markup`<p class="notice">No application may act for this account.</p>`
  return page(
    `Connected applications of ${account.nickname}`,
    '',
    markup`<p>What a seller sees in its profile under <em>Security, Connected applications</em>. A
disconnected application's tokens end at once, and it is told by <code>mp-connect</code>.</p>
${grants.length > 0 ? grants.map((grant) => card(sim, grant)) : none}`
  )
}

export const storeConnectionRemoval: Handler = (sim, call) => {
  const account = accountOf(sim, call)
  unlink(sim, formBody(call).get('client_id') ?? '', account.id)
  return redirect(`/accounts/${account.id}/connections`)
}
