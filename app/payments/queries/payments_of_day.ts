import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import Payment from '#app/payments/models/payment'
import type Tenant from '#app/tenants/models/tenant'

const MOST_LISTED = 20

/** What was paid in one currency; minor units. */
export interface DayTotal {
  currency: string
  count: number
  grossMinor: number
  chargesMinor: number
  feeMinor: number
  netMinor: number
}

/** A day as the tenant's clock has it, as two instants. */
function bounds(day: string, timeZone: string): [string, string] {
  const start = DateTime.fromISO(day, { zone: timeZone })
  return [instantText(start), instantText(start.plus({ days: 1 }).startOf('day'))]
}

/** What was paid on a day ("2026-11-21") where the tenant lives, by currency. */
export async function totalsOfDay(
  { id, timeZone }: Pick<Tenant, 'id' | 'timeZone'>,
  day: string
): Promise<DayTotal[]> {
  const [from, to] = bounds(day, timeZone)
  const rows = await db
    .from('payments')
    .where('tenant_id', id)
    .where('approved_at', '>=', from)
    .where('approved_at', '<', to)
    .groupBy('currency')
    .orderBy('currency')
    .select('currency')
    .count('* as count')
    .sum({ gross: 'amount_minor', charges: 'charges_minor', fee: 'fee_minor' })
  return rows.map((row) => {
    const [grossMinor, chargesMinor, feeMinor] = [row.gross, row.charges, row.fee].map(Number)
    const netMinor = grossMinor - chargesMinor - feeMinor
    const count = Number(row.count)
    return { currency: row.currency, count, grossMinor, chargesMinor, feeMinor, netMinor }
  })
}

/** The day's payments with their receivables, the latest first; not more than a mail can show. */
export async function listOfDay(
  { id, timeZone }: Pick<Tenant, 'id' | 'timeZone'>,
  day: string
): Promise<Payment[]> {
  const [from, to] = bounds(day, timeZone)
  return Payment.query()
    .where('tenant_id', id)
    .where('approved_at', '>=', from)
    .where('approved_at', '<', to)
    .preload('charge', (charge) => charge.preload('receivable'))
    .orderBy('approved_at', 'desc')
    .limit(MOST_LISTED)
}
