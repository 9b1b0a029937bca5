import { queryInteger } from '../control/input.js'
import type { Handler, Routes } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import type { Plan } from '../subscriptions/plan.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { moment, page } from './layout.js'
import { markup } from './markup.js'
import { chosenSeller, sellerChoice } from './sellers.js'
import { showSubscription, storeAction, storeCardName } from './subscription.js'
import { collection, price, siteMoney, status } from './subscription_view.js'

const PAGE_SIZE = 100

function row(preapproval: Preapproval) {
  const { id, siteId, collected } = preapproval
  return markup`<tr><td><a href="/subscriptions/${id}">${preapproval.reason}</a><br>
<span class="soft">${preapproval.externalReference}</span></td><td>${preapproval.payer.email}</td>
<td>${price(siteId, preapproval.terms)}</td><td>${moment(preapproval.nextPaymentAt)}</td>
<td class="amount">${siteMoney(siteId, collected.minor)}</td><td>${status(preapproval.status)}${collection(preapproval)}</td></tr>`
}

function planRow(sim: Simulator, plan: Plan) {
  return markup`<tr><td>${plan.reason}</td><td>${price(plan.siteId, plan.terms)}</td>
<td>${sim.subscriptions.countOfPlan(plan.id)}</td><td>${status(plan.status)}</td>
<td><a href="/subscriptions/checkout?preapproval_plan_id=${plan.id}">Subscribe</a></td></tr>`
}

function plansTable(sim: Simulator, seller: number) {
  const newest = { limit: PAGE_SIZE, offset: 0 }
  const { found } = sim.subscriptions.search(
    'plans',
    'account_id = ?',
    [seller],
    'position desc',
    newest
  )
  if (found.length === 0) return markup`<p class="notice">There is no plan yet.</p>`
  return markup`<div class="scroll"><table><thead><tr><th>Plan</th><th>Price</th>
<th>Subscribers</th><th>State</th><th></th></tr></thead>
<tbody>${found.map((plan) => planRow(sim, plan))}</tbody></table></div>`
}

const listSubscriptions: Handler = (sim, call) => {
  const seller = chosenSeller(sim, call)
  const before = queryInteger(call, 'before', 1e15, 1e15)
  const latest = sim.subscriptions.latest(seller, before, PAGE_SIZE)
  const older =
    latest.length === PAGE_SIZE &&
    markup`<p><a href="/subscriptions?seller=${seller}&amp;before=${latest.at(-1)!.position}">Older
subscriptions</a></p>`
  const table = markup`<div class="scroll"><table><thead><tr><th>Subscription</th><th>Payer</th>
<th>Price</th><th>Next</th><th class="amount">Collected</th><th>State</th></tr></thead>
<tbody>${latest.map(({ preapproval }) => row(preapproval))}</tbody></table></div>${older}`
  const none = markup`<p class="notice">Nobody subscribed yet: that begins with
<code>POST /preapproval</code>, or on the page of a plan.</p>`
  return page(
    'Subscriptions',
    '/subscriptions',
    markup`${sellerChoice(sim, '/subscriptions', seller)}${latest.length > 0 ? table : none}
<h2>Plans</h2>${plansTable(sim, seller)}`
  )
}

/** What a seller, and whoever tests, sees of subscriptions. */
export const subscriptionRoutes: Routes = {
  'GET /subscriptions': listSubscriptions,
  'GET /subscriptions/:id': showSubscription,
  'POST /subscriptions/:id/actions': storeAction,
  'POST /subscriptions/:id/card-name': storeCardName,
}
