import { throughFaults } from '../api/answer.js'
import { formBody, type Call } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { Problem } from '../control/problem.js'
import {
  SentBack,
  approve,
  deny,
  readAuthorization,
  type AuthorizationRequest,
} from '../oauth/authorization.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import { answerPage } from './answer.js'
import { page } from './layout.js'
import { markup } from './markup.js'

const CARRIED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'platform_id',
  'state',
  'code_challenge',
  'code_challenge_method',
]

function hiddenFields(params: URLSearchParams) {
  return CARRIED.filter((name) => params.has(name)).map(
    (name) => markup`<input type="hidden" name="${name}" value="${params.get(name)}">`
  )
}

function choice(sim: Simulator, request: AuthorizationRequest) {
  const { client_id: clientId, owner_id: ownerId } = request.application
  const accounts = sim.accounts.list()
  const usual = accounts.find(({ id }) => id !== ownerId) ?? accounts[0]
  return accounts.map((account) => {
    const linked = sim.grants.find(clientId, account.id) && markup` — connected already`
    const owner = account.id === ownerId && markup` — owns this application`
    return markup`<label class="choice"><input type="radio" name="account_id" value="${account.id}"
 required ${account === usual && 'checked'}> <span><strong>${account.nickname}</strong>
<span class="soft">${account.id} on ${account.site_id}${owner}${linked}</span></span></label>`
  })
}

export const showAuthorization: Handler = (sim, call) => {
  const request = readAuthorization(sim, call.query)
  const { application, redirectUri } = request
  const body = markup`<section class="card"><p class="big">${application.name}</p>
<p>wants to charge, refund and read payments on behalf of a Mercado Pago account.</p>
<form method="post" action="/authorization">${hiddenFields(call.query)}
<fieldset><legend>Log in as</legend>${choice(sim, request)}</fieldset>
<div class="row"><button name="decision" value="allow">Allow</button>
<button class="plain" name="decision" value="deny" formnovalidate>Deny</button></div></form>
<p class="soft">It will hear of the answer at <code>${redirectUri}</code>. Whoever allowed it can take
that back under <em>Connected applications</em> of the account.</p></section>`
  return page('Connect an account', '', body, { formTarget: new URL(redirectUri).origin })
}

function chosenAccount(sim: Simulator, form: URLSearchParams): Account {
  const account = sim.accounts.find(Number(form.get('account_id')))
  if (!account) throw new Problem(400, 'choose an account')
  return account
}

export const storeAuthorization: Handler = (sim, call) => {
  const form = formBody(call)
  const request = readAuthorization(sim, form)
  if (form.get('decision') !== 'allow') return redirect(deny(request))
  return redirect(approve(sim, request, chosenAccount(sim, form)))
}

export const consentRoutes: Routes = {
  'GET /authorization': showAuthorization,
  'POST /authorization': storeAuthorization,
}

function sendingBack(handle: Handler): Handler {
  return async (sim, call: Call) => {
    try {
      return await handle(sim, call)
    } catch (error) {
      if (error instanceof SentBack) return redirect(error.location)
      throw error
    }
  }
}

/** A page for people whose faults and journal are those of the API that it belongs to. */
export const answerConsent = throughFaults((sim, call, { name, handle }) =>
  answerPage(sim, call, { name, handle: sendingBack(handle) })
)
