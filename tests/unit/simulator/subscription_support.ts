import { cardInput, tokenize } from './card_support.js'
import { bodyOf, type TestSimulator } from './support.js'

export async function cardToken(simulator: TestSimulator, name = 'APRO', key?: string) {
  const token = await bodyOf(tokenize(simulator, cardInput(name), key))
  return token.id as string
}

export function recurring(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    frequency: 1,
    frequency_type: 'months',
    transaction_amount: 49.9,
    currency_id: 'BRL',
    ...change,
  }
}

/** Without a plan and without a card: the payer has to come. */
export function preapprovalRequest(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    reason: 'Yoga classes',
    external_reference: 'YG-1234',
    payer_email: 'ana@example.com',
    back_url: 'https://shop.example/back',
    auto_recurring: recurring(),
    ...change,
  }
}

export function planRequest(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    reason: 'Yoga classes',
    back_url: 'https://shop.example/back',
    auto_recurring: recurring(),
    ...change,
  }
}

/** A subscription with a card, on terms of its own unless a plan is named. */
export async function subscribe(
  simulator: TestSimulator,
  change: Record<string, unknown> = {},
  name = 'APRO'
): Promise<Record<string, any>> {
  const token = await cardToken(simulator, name)
  const own = 'preapproval_plan_id' in change ? { auto_recurring: undefined } : {}
  const request = { ...preapprovalRequest(own), card_token_id: token, ...change }
  return bodyOf(simulator.call('POST', '/preapproval', request))
}

export async function createPlan(
  simulator: TestSimulator,
  terms: Record<string, unknown> = {},
  change: Record<string, unknown> = {}
): Promise<Record<string, any>> {
  const request = planRequest({ auto_recurring: recurring(terms), ...change })
  return bodyOf(simulator.call('POST', '/preapproval_plan', request))
}

export function preapproval(simulator: TestSimulator, id: string): Promise<Record<string, any>> {
  return bodyOf(simulator.get(`/preapproval/${id}`))
}

/** Oldest first. */
export async function invoices(simulator: TestSimulator, id: string) {
  const path = `/authorized_payments/search?preapproval_id=${id}&limit=100`
  const { results } = await bodyOf(simulator.get(path))
  return results as Record<string, any>[]
}

export function advance(simulator: TestSimulator, days: number, hours = 0) {
  return simulator.control('/clock', { advance_seconds: days * 86_400 + hours * 3600 })
}

/** Moves the clock there, so that months are known. */
export async function startOn(simulator: TestSimulator, day: string) {
  const { status } = await simulator.control('/clock', { now: `${day}T12:00:00Z` })
  if (status !== 200) throw new Error(`the clock is beyond ${day}`)
}

/** On the wire, where days begin four hours later. */
export function dayOf(wireTime: string): string {
  return new Date(wireTime).toISOString().slice(0, 10)
}

export function put(simulator: TestSimulator, id: string, body: unknown) {
  return simulator.call('PUT', `/preapproval/${id}`, body)
}

/** By the control API: from now on the card is in another name. */
export function rename(simulator: TestSimulator, id: string, name: string) {
  return simulator.control(`/preapprovals/${id}/card`, { cardholder_name: name })
}

/** What stands at a path such as `payment.status` of what a promise brings. */
export async function its(promise: Promise<any>, path: string): Promise<any> {
  const value = await promise
  return path.split('.').reduce((inner, name) => inner?.[name], value)
}
