import type { Site } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { readAmount } from './amounts.js'
import type { Order } from './order.js'
import { OrderRefusal } from './order_refusal.js'

/** What is bought must cost what is to be paid. Throws OrderRefusal. */
export function checkItems(items: unknown, site: Site, totalMinor: number): void {
  if (!Array.isArray(items)) return
  const sumMinor = (items as Body[]).reduce((sum, { unit_price: price, quantity }, index) => {
    const minor = readAmount(price as string, site, `$.items[${index}].unit_price`)
    return sum + minor * (quantity as number)
  }, 0)
  if (sumMinor !== totalMinor) throw new OrderRefusal('order_items_total_amount_mismatch')
}

/** Throws OrderRefusal invalid_total_amount. */
export function checkTotal(order: Pick<Order, 'transactions' | 'totalMinor'>): void {
  const sumMinor = order.transactions.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (sumMinor !== order.totalMinor) throw new OrderRefusal('invalid_total_amount')
}

/** Throws OrderRefusal order_invalid_sponsor_id. */
export function checkSponsor(sim: Simulator, integration: unknown): void {
  const sponsor = isObject(integration) && isObject(integration.sponsor) ? integration.sponsor : {}
  if (typeof sponsor.id !== 'string') return
  const isAccount = /^\d{1,15}$/.test(sponsor.id) && sim.accounts.find(Number(sponsor.id))
  if (!isAccount) throw new OrderRefusal('order_invalid_sponsor_id')
}
