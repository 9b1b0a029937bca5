import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Trx } from '#app/core/transaction'
import { rowsOf } from '#app/core/database/insert_new'
import { utcText } from '#app/core/database/utc_text'

const bucket = (name: string) =>
  `-sum(case when e.account = 'tenant:${name}' then e.amount_minor else 0 end)`

/** What each day (UTC) changed of each balance, by the entries: what `tenant_balance_days` must say. */
export const postedDaysSql = (
  client: Pick<QueryClientContract, 'dialect'>,
  where = 'true'
): string =>
  `select e.tenant_id, e.currency, ${utcText(client, 't.occurred_at', 'day')} as day,
     ${bucket('pending')} as pending_minor, ${bucket('available')} as available_minor,
     ${bucket('reserved')} as reserved_minor
   from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
   where e.account like 'tenant:%' and ${where}
   group by e.tenant_id, e.currency, day`

export interface DayRow {
  tenant_id: string
  currency: string
  day: string
  pending_minor: number
  available_minor: number
  reserved_minor: number
}

const asDay = (row: Record<keyof DayRow, string | number>): DayRow => ({
  tenant_id: String(row.tenant_id),
  currency: String(row.currency),
  day: String(row.day),
  pending_minor: Number(row.pending_minor),
  available_minor: Number(row.available_minor),
  reserved_minor: Number(row.reserved_minor),
})

/** A tenant's days by the entries; ones on which nothing moved are left out. */
export async function postedDays(trx: Trx, tenantId: string, currency: string): Promise<DayRow[]> {
  const sql = postedDaysSql(trx, 'e.tenant_id = ? and e.currency = ?')
  const result = await trx.rawQuery(`${sql} order by day`, [tenantId, currency])
  return rowsOf<Record<keyof DayRow, string>>(result).map(asDay).filter(moves)
}

/** The same as kept. */
export async function keptDays(trx: Trx, tenantId: string, currency: string): Promise<DayRow[]> {
  const rows = await trx
    .from('tenant_balance_days')
    .where({ tenant_id: tenantId, currency })
    .orderBy('day')
  return rows.map(asDay).filter(moves)
}

const moves = (day: DayRow) =>
  [day.pending_minor, day.available_minor, day.reserved_minor].some((minor) => minor !== 0)
