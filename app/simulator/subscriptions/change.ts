import type { Caller } from '../api/api_call.js'
import type { CardToken } from '../cards/card.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import { findToken } from './card_check.js'
import { closeOpenInvoices, end, type EndCause } from './collect.js'
import { edit, type Edits } from './edit.js'
import { isMissing, readAmount, readBackUrl, readObject, readText, required } from './fields.js'
import type { Preapproval, PreapprovalStatus } from './preapproval.js'
import { recordPreapproval } from './record.js'
import { authorize, changeCard } from './subscribe.js'
import { invalid } from './subscription_refusal.js'

const STATUSES: readonly PreapprovalStatus[] = ['pending', 'authorized', 'paused', 'cancelled']

/** From each state, those that a seller may lead it to. */
const TRANSITIONS: Record<PreapprovalStatus, readonly PreapprovalStatus[]> = {
  pending: ['pending', 'authorized', 'cancelled'],
  authorized: ['authorized', 'paused', 'cancelled'],
  paused: ['authorized', 'cancelled'],
  cancelled: [],
}

/** What a change asks for, all of it checked. */
interface Change {
  status: PreapprovalStatus | null
  edits: Edits
  token: CardToken | null
  secondaryToken: CardToken | null
}

function readStatus(body: Body): PreapprovalStatus | null {
  const text = readText(body, 'status')
  const status = STATUSES.find((known) => known === text) ?? null
  if (text !== null && status === null) throw invalid('Invalid value for status')
  return status
}

function checkState({ status: from }: Preapproval, to: PreapprovalStatus | null): void {
  const isFirm = from === 'cancelled' || from === 'paused'
  if (isFirm && (to === null || to === from)) {
    throw invalid(`You can not modify a ${from} preapproval.`)
  }
  if (to !== null && !TRANSITIONS[from].includes(to)) {
    throw invalid(`Invalid transition from ${from} to ${to}`)
  }
}

function readEdits(body: Body, caller: Caller): Edits {
  const recurring = readObject(body, 'auto_recurring') ?? {}
  const given = {
    reason: readText(body, 'reason'),
    externalReference: readText(body, 'external_reference'),
    backUrl: readBackUrl(body, caller),
    amountMinor: readAmount(recurring, siteOf(caller)),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
}

function readToken(sim: Simulator, caller: Caller, body: Body, name: string): CardToken | null {
  return isMissing(body[name]) ? null : findToken(sim, caller, body[name])
}

function readChange(sim: Simulator, caller: Caller, preapproval: Preapproval, body: Body): Change {
  const status = readStatus(body)
  checkState(preapproval, status)
  const edits = readEdits(body, caller)
  const token = readToken(sim, caller, body, 'card_token_id')
  if (preapproval.status === 'pending' && status === 'authorized' && !token) {
    throw invalid('You cannot authorize a preapproval, only the payer can')
  }
  const secondaryToken = readToken(sim, caller, body, 'card_token_id_secondary')
  if (secondaryToken) {
    if (secondaryToken.id === token?.id) throw invalid('Card token was used, please generate new')
    required(readText(body, 'payment_method_id_secondary'), 'payment_method_id_secondary')
  }
  return { status, edits, token, secondaryToken }
}

/** By the seller, or by the payer in the account. */
export function cancel(sim: Simulator, preapproval: Preapproval, cause: EndCause): void {
  sim.store.transaction(() => end(sim, preapproval, cause))
}

/** What falls due until it is resumed is lost, and so is what could not be collected yet. */
export function pause(sim: Simulator, preapproval: Preapproval): void {
  sim.store.transaction(() => {
    closeOpenInvoices(sim, preapproval)
    preapproval.status = 'paused'
    recordPreapproval(sim, preapproval, 'preapproval.paused', sim.clock.now())
  })
}

/** The dates stay what they were. */
export function resume(sim: Simulator, preapproval: Preapproval): void {
  sim.store.transaction(() => {
    preapproval.status = 'authorized'
    recordPreapproval(sim, preapproval, 'preapproval.resumed', sim.clock.now())
  })
}

function move(sim: Simulator, preapproval: Preapproval, status: PreapprovalStatus | null): void {
  if (status === null || status === preapproval.status) return
  if (status === 'cancelled') cancel(sim, preapproval, 'seller')
  else if (status === 'paused') pause(sim, preapproval)
  else resume(sim, preapproval)
}

/** Cards first, since they may be refused; fields that may not change are dropped in silence. Throws SubscriptionRefusal. */
export function change(
  sim: Simulator,
  caller: Caller,
  preapproval: Preapproval,
  body: unknown
): void {
  if (!isObject(body)) throw invalid('Parameters passed are invalid')
  const { status, edits, token, secondaryToken } = readChange(sim, caller, preapproval, body)
  if (token && preapproval.status === 'pending') authorize(sim, preapproval, token)
  else if (token) changeCard(sim, preapproval, token)
  if (secondaryToken) changeCard(sim, preapproval, secondaryToken, 'secondaryCard')
  if (Object.keys(edits).length > 0) {
    sim.store.transaction(() => edit(sim, preapproval, edits))
  }
  move(sim, preapproval, status)
}
