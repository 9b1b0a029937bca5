import db from '@adonisjs/lucid/services/db'
import { instantFrom } from '#app/core/columns'
import type { AccountRef } from '#app/gateway/provider'
import type { ChargeMethod } from '#app/receivables/models/charge'

/** What one payment cost, and how long its money was held. Minor units. */
export interface Cost {
  amountMinor: number
  chargesMinor: number
  daysToRelease: number | null
}

/** The last payments of a method on one account. */
export async function lastCosts(
  account: AccountRef,
  method: ChargeMethod,
  limit: number
): Promise<Cost[]> {
  // tenant: an account's rates are made from the payments of all who sell on it
  const rows = await db
    .from('payments as p')
    .join('charges as c', 'c.id', 'p.charge_id')
    .where(account.kind === 'platform' ? 'c.platform_account_id' : 'c.connection_id', account.id)
    .where('c.method', method)
    .whereNotNull('p.approved_at')
    .where('p.amount_minor', '>', 0)
    .orderBy('p.approved_at', 'desc')
    .limit(limit)
    .select('p.amount_minor', 'p.charges_minor', 'p.approved_at', 'p.money_release_at')
  return rows.map((row) => ({
    amountMinor: Number(row.amount_minor),
    chargesMinor: Number(row.charges_minor),
    daysToRelease: row.money_release_at && daysBetween(row.approved_at, row.money_release_at),
  }))
}

function daysBetween(from: string | Date, to: string | Date): number {
  const { days } = instantFrom(to).diff(instantFrom(from), 'days')
  return Math.max(0, Math.round(days))
}
