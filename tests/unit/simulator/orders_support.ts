import { cardInput, tokenize } from './card_support.js'
import { boletoRequest, bodyOf, type TestSimulator } from './support.js'

export const ORDER_ID = /^ORD(TST)?[0-9A-Z]{26}$/
export const PAYMENT_ID = /^PAY[0-9A-Z]{26}$/
export const REFUND_ID = /^REF[0-9A-Z]{26}$/

type Change = Record<string, unknown>
type Method = Record<string, unknown>

function order(method: Method, change: Change, amount: string): Record<string, any> {
  return {
    type: 'online',
    external_reference: 'c-order',
    total_amount: amount,
    payer: { email: 'ana@testuser.com' },
    transactions: { payments: [{ amount, payment_method: method }] },
    ...change,
  }
}

/** Who pays a boleto, as orders want to be told: a state, and no federal unit. */
export function boletoPayer(): Record<string, any> {
  const { address, ...payer } = boletoRequest().payer
  const { federal_unit: state, ...lines } = address
  return { ...payer, email: 'ana@testuser.com', address: { ...lines, state } }
}

export function boletoOrder(change: Change = {}, amount = '150.00') {
  return order({ id: 'boleto', type: 'ticket' }, { payer: boletoPayer(), ...change }, amount)
}

export function pixOrder(change: Change = {}, amount = '100.00') {
  return order({ id: 'pix', type: 'bank_transfer' }, change, amount)
}

export async function cardMethod(simulator: TestSimulator, name: string | null = 'APRO') {
  const token = await bodyOf(tokenize(simulator, cardInput(name)))
  return { id: 'master', type: 'credit_card', token: token.id, installments: 1 }
}

export async function cardOrder(
  simulator: TestSimulator,
  name: string | null = 'APRO',
  change: Change = {},
  amount = '12.34'
) {
  return order(await cardMethod(simulator, name), change, amount)
}

/** Created, or null with the reasons thrown away. */
export function place(simulator: TestSimulator, body: Record<string, any>, key?: string) {
  return bodyOf(simulator.post('/v1/orders', body, key))
}

export async function show(simulator: TestSimulator, id: string): Promise<Record<string, any>> {
  return bodyOf(simulator.get(`/v1/orders/${id}`))
}

/** The payment below an order's only transaction, as the payments API knows it. */
export async function paymentIdOf(simulator: TestSimulator, id: string): Promise<number> {
  const effects = await simulator.journal('order.')
  return effects.findLast((effect) => effect.order_id === id)!.payment_ids[0]
}

export function stateOf({ status, status_detail: detail }: Record<string, any>): string {
  return `${status}/${detail}`
}
