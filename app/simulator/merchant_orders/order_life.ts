import type { Caller } from '../api/api_call.js'
import { SITES } from '../data/sites.js'
import type { Payment } from '../payments/payment.js'
import { marketplaceOf, type Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'
import type { MerchantOrder } from './merchant_order.js'
import { tellOrder } from './order_news.js'
import { summaryOf, type OrderSummary } from './order_summary.js'

type Draft = Omit<
  MerchantOrder,
  'id' | 'createdAt' | 'updatedAt' | 'version' | 'paymentIds' | keyof OrderSummary
>

/** What a preference says of its purchases. */
export function draftOf(preference: Preference): Draft {
  const { terms, body } = preference
  return {
    accountId: preference.accountId,
    clientId: preference.clientId,
    siteId: preference.siteId,
    liveMode: preference.liveMode,
    preferenceId: preference.id,
    items: terms.items,
    shippingMinor: terms.shippingMinor,
    totalMinor: terms.totalMinor,
    payer: null,
    externalReference: terms.externalReference,
    notificationUrl: terms.notificationUrl,
    additionalInfo: (body.additional_info as string | undefined) || null,
    marketplace: marketplaceOf(preference),
    sponsorId: terms.sponsorId,
    shipments: [],
  }
}

/** Of a caller without a preference: nothing is sold yet. */
export function emptyDraft(caller: Caller): Draft {
  return {
    accountId: caller.id,
    clientId: caller.client_id,
    siteId: caller.site_id,
    liveMode: caller.liveMode,
    preferenceId: null,
    items: [],
    shippingMinor: 0,
    totalMinor: 0,
    payer: null,
    externalReference: null,
    notificationUrl: null,
    additionalInfo: null,
    marketplace: 'NONE',
    sponsorId: null,
    shipments: [],
  }
}

function journal(sim: Simulator, order: MerchantOrder, effect: string, at: number): void {
  sim.journal.effect(effect, at, {
    merchant_order_id: order.id,
    preference_id: order.preferenceId,
    account_id: order.accountId,
    external_reference: order.externalReference,
    currency: SITES[order.siteId].currencyId,
    status: order.status,
    order_status: order.orderStatus,
    amount_minor: order.totalMinor,
    paid_minor: order.paidMinor,
    refunded_minor: order.refundedMinor,
  })
}

export function openOrder(sim: Simulator, draft: Draft): MerchantOrder {
  const at = sim.clock.now()
  const order: MerchantOrder = {
    id: sim.store.nextId('merchant_order'),
    ...draft,
    ...summaryOf(draft.totalMinor, [], false),
    paymentIds: [],
    createdAt: at,
    updatedAt: at,
    version: 0,
  }
  save(sim, order)
  journal(sim, order, 'merchant_order.created', at)
  tellOrder(sim, order, 'create', at)
  return order
}

/** When its preference ends. */
function endOf(sim: Simulator, order: MerchantOrder): number | null {
  if (order.preferenceId === null) return null
  return sim.preferences.find(order.preferenceId)?.terms.endsAt ?? null
}

export function paymentsOf(sim: Simulator, order: MerchantOrder): Payment[] {
  return order.paymentIds.map((id) => sim.payments.find(id)!)
}

function summaryAt(sim: Simulator, order: MerchantOrder, at: number): OrderSummary {
  const endsAt = endOf(sim, order)
  return summaryOf(order.totalMinor, paymentsOf(sim, order), endsAt !== null && at >= endsAt)
}

/** It ends by the clock only while nothing was paid and nobody has to be waited for. */
function save(sim: Simulator, order: MerchantOrder): void {
  const mayEnd = order.orderStatus === 'payment_required'
  sim.merchantOrders.save(order, mayEnd ? endOf(sim, order) : null)
}

/** Sums its payments up anew, and tells what came of it. */
export function changeOrder(sim: Simulator, order: MerchantOrder, at: number): void {
  Object.assign(order, summaryAt(sim, order, at))
  order.updatedAt = at
  order.version += 1
  save(sim, order)
  journal(sim, order, 'merchant_order.updated', at)
  tellOrder(sim, order, 'update', at)
}

/** A payment of a purchase was made, or came further. */
export function followPayment(sim: Simulator, payment: Payment, at: number): void {
  const order = sim.merchantOrders.find(payment.merchantOrderId!)!
  if (!order.paymentIds.includes(payment.id)) {
    order.paymentIds.push(payment.id)
    order.payer = { id: payment.payer.id, nickname: payment.payer.first_name ?? '' }
  }
  changeOrder(sim, order, at)
}

/** Another end of the preference is another end of what waits to be paid for it. */
export function preferenceChanged(sim: Simulator, preference: Preference, at: number): void {
  for (const order of sim.merchantOrders.unpaidOf(preference.id)) {
    if (summaryAt(sim, order, at).status === order.status) save(sim, order)
    else changeOrder(sim, order, at)
  }
}

/** Purchases that nobody paid until their preference ended, each dated when it did. */
export function settleDueOrders(sim: Simulator, now: number): void {
  sim.store.transaction(() => {
    const next = () => sim.merchantOrders.nextDue(now)
    for (let due = next(); due; due = next()) {
      changeOrder(sim, due, Math.max(endOf(sim, due)!, due.updatedAt))
    }
  })
}
