import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import type { LedgerKind } from '#app/ledger/posting'

/** What all movements of a kind came to in a period; minor units, below zero what was taken. */
export interface KindTotal {
  kind: LedgerKind
  count: number
  grossMinor: number
  chargesMinor: number
  feeMinor: number
  changeMinor: number
}

interface Input {
  tenantId: string
  currency: string
  from: DateTime
  /** Not included. */
  until: DateTime
}

/** By kind, in the order in which they first happened. */
export async function movementTotals(input: Input): Promise<KindTotal[]> {
  const rows = await db
    .from('ledger_transactions as t')
    .join('ledger_entries as e', 'e.transaction_id', 't.id')
    .where({ 't.tenant_id': input.tenantId, 't.currency': input.currency })
    .where('t.occurred_at', '>=', instantText(input.from))
    .where('t.occurred_at', '<', instantText(input.until))
    .groupBy('t.kind')
    .orderByRaw('min(t.occurred_at)')
    .select('t.kind')
    .countDistinct('t.id as count')
    .select(
      db.raw(
        sum('gross', `e.account in ('platform:gateway', 'platform:other') and not (${CHARGED})`)
      ),
      db.raw(sum('charges', CHARGED)),
      db.raw(sum('fee', `e.account = 'platform:fee_revenue'`)),
      db.raw(sum('taken', `e.account like 'tenant:%'`))
    )
  return rows.map((row) => ({
    kind: row.kind,
    count: Number(row.count),
    grossMinor: Number(row.gross),
    chargesMinor: Number(row.charges),
    feeMinor: Number(row.fee),
    changeMinor: -Number(row.taken),
  }))
}

/** What the provider kept or gave back. */
const CHARGED = `e.account = 'platform:gateway' and e.charge_type is not null`

const sum = (name: string, which: string) =>
  `sum(case when ${which} then e.amount_minor else 0 end) as ${name}`
