import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { rowsOf } from '#app/core/database/insert_new'
import { utcText } from '#app/core/database/utc_text'

/** What becomes available on a day of the given zone. */
export interface Release {
  /** Null: the provider has not said when. */
  day: string | null
  currency: string
  payments: number
  amountMinor: number
}

interface Input {
  /** Left out: of all tenants. */
  tenantId?: string
  timeZone: string
}

/** What is still pending, by the day on which the provider said it lets go of it; the next first. */
export async function releases({ tenantId, timeZone }: Input): Promise<Release[]> {
  const client = db.connection()
  const hour = utcText(client, 'p.money_release_at', 'hour')
  // The zone's days are put together from hours: SQLite knows no time zones.
  const result = await client.rawQuery(
    `select hour, currency, count(*) as payments, sum(pending) as amount from (
       select ${hour} as hour, p.currency, p.id, -sum(e.amount_minor) as pending
       from payments p join ledger_entries e on e.tenant_id = p.tenant_id and e.payment_id = p.id
       where ${tenantId ? 'p.tenant_id = ? and' : ''} p.is_posted and p.released_at is null
         and e.account = 'tenant:pending'
       group by p.id, p.currency, p.money_release_at
     ) as held where pending <> 0 group by hour, currency`,
    tenantId ? [tenantId] : []
  )
  const days = new Map<string, Release>()
  for (const row of rowsOf<Record<string, any>>(result)) {
    const day = row.hour ? dayOfHour(row.hour, timeZone) : null
    const key = `${day} ${row.currency}`
    const known = days.get(key) ?? { day, currency: row.currency, payments: 0, amountMinor: 0 }
    known.payments += Number(row.payments)
    known.amountMinor += Number(row.amount)
    days.set(key, known)
  }
  return [...days.values()].sort((a, b) => (a.day ?? '9').localeCompare(b.day ?? '9'))
}

/** "2026-11-21T02" in UTC → "2026-11-20" in São Paulo. */
export const dayOfHour = (hour: string, timeZone: string): string =>
  DateTime.fromISO(`${hour}:00:00Z`).setZone(timeZone).toISODate()!
