import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { rowsOf } from '#app/core/database/insert_new'
import { utcText } from '#app/core/database/utc_text'
import { assertMinor } from '#app/core/money'
import type { Buckets } from '#app/ledger/posting'

interface Row {
  id: string
  occurredAt: DateTime
}

const NAMES = ['pending', 'available', 'reserved'] as const
type Sums = Record<(typeof NAMES)[number], string | number>

/**
 * The balance after each of a page's movements. Their days' sums are kept, so only the movements of
 * the days that the page touches are added up, however long the tenant's history is.
 */
export async function balancesAfter(
  tenantId: string,
  currency: string,
  rows: Row[]
): Promise<Map<string, Buckets>> {
  if (rows.length === 0) return new Map()
  const starts = await balancesBeforeDays(tenantId, currency, rows)
  const within = await sumsWithinDays(tenantId, currency, rows)
  return new Map(
    within.map(({ id, day, ...sums }) => [id, bucketsOf(starts.get(day) ?? nothing, sums)])
  )
}

const nothing: Sums = { pending: 0, available: 0, reserved: 0 }

const dayOf = ({ occurredAt }: Row) => instantText(occurredAt).slice(0, 10)

const bucketsOf = (start: Sums, more: Sums): Buckets => {
  const of = (name: keyof Sums) => assertMinor(Number(start[name]) + Number(more[name]))
  return {
    pendingMinor: of('pending'),
    availableMinor: of('available'),
    reservedMinor: of('reserved'),
  }
}

const marks = (values: unknown[]) => values.map(() => '?').join(', ')

async function balancesBeforeDays(tenantId: string, currency: string, rows: Row[]) {
  const days = [...new Set(rows.map(dayOf))]
  // The frame ends with the day before.
  const before = NAMES.map(
    (name) =>
      `coalesce(sum(${name}_minor) over (order by day rows between unbounded preceding and 1 preceding), 0) as ${name}`
  )
  const result = await db.rawQuery(
    `select * from (
       select cast(day as text) as day, ${before.join(', ')} from tenant_balance_days
       where tenant_id = ? and currency = ? and day <= ?
     ) as sums where day in (${marks(days)})`,
    [tenantId, currency, days.toSorted().at(-1)!, ...days]
  )
  return new Map(rowsOf<Sums & { day: string }>(result).map((row) => [row.day, row]))
}

const change = (name: string) =>
  `-sum(case when e.account = 'tenant:${name}' then e.amount_minor else 0 end)`

async function sumsWithinDays(tenantId: string, currency: string, rows: Row[]) {
  const ranges = rangesOf(rows)
  const client = db.connection()
  const running = NAMES.map(
    (name) => `sum(${name}) over (partition by day order by occurred_at, id) as ${name}`
  )
  const result = await client.rawQuery(
    `select * from (
       select id, day, ${running.join(', ')} from (
         select t.id, t.occurred_at, ${utcText(client, 't.occurred_at', 'day')} as day,
           ${NAMES.map((name) => `${change(name)} as ${name}`).join(', ')}
         from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
         where t.tenant_id = ? and t.currency = ? and e.account like 'tenant:%'
           and (${ranges.map(() => 't.occurred_at between ? and ?').join(' or ')})
         group by t.id, t.occurred_at
       ) as changes
     ) as sums where id in (${marks(rows)})`,
    [tenantId, currency, ...ranges.flat(), ...rows.map(({ id }) => id)]
  )
  return rowsOf<Sums & { id: string; day: string }>(result)
}

/** Of each day of the page, from its start to its last movement shown. */
function rangesOf(rows: Row[]): [string, string][] {
  const last = new Map<string, DateTime>()
  for (const row of rows) {
    const known = last.get(dayOf(row))
    if (!known || known < row.occurredAt) last.set(dayOf(row), row.occurredAt)
  }
  return [...last.values()].map((at) => [instantText(at.toUTC().startOf('day')), instantText(at)])
}
