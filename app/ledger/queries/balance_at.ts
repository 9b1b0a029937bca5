import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { rowsOf } from '#app/core/database/insert_new'
import type { Buckets } from '#app/ledger/posting'

interface Input {
  tenantId: string
  currency: string
  /** What happens at this instant is not in it. */
  before: DateTime
}

const DAYS = `select pending_minor, available_minor, reserved_minor from tenant_balance_days
  where tenant_id = ? and currency = ? and day < ?`

const bucket = (name: string) =>
  `case when e.account = 'tenant:${name}' then -e.amount_minor else 0 end`

const OWN_DAY = `select ${bucket('pending')} as pending_minor, ${bucket('available')} as available_minor,
    ${bucket('reserved')} as reserved_minor
  from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
  where t.tenant_id = ? and t.currency = ? and t.occurred_at >= ? and t.occurred_at < ?
    and e.account like 'tenant:%'`

/**
 * What a tenant had at a past moment, by when things happened: the days before it, which are summed
 * up already, and the movements of its own day.
 */
export async function balanceAt({ tenantId, currency, before }: Input): Promise<Buckets> {
  const day = before.toUTC().startOf('day')
  const result = await db.rawQuery(
    `select sum(pending_minor) as pending, sum(available_minor) as available,
       sum(reserved_minor) as reserved
     from (${DAYS} union all ${OWN_DAY}) as parts`,
    [
      ...[tenantId, currency, day.toISODate()!],
      ...[tenantId, currency, instantText(day), instantText(before)],
    ]
  )
  const [row] = rowsOf<Record<string, string | number | null>>(result)
  return {
    pendingMinor: Number(row.pending),
    availableMinor: Number(row.available),
    reservedMinor: Number(row.reserved),
  }
}
