import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { insertNew, rowsOf } from '#app/core/database/insert_new'
import { newId } from '#app/core/ids'
import type { Trx } from '#app/core/transaction'
import type { Buckets, Posting } from '#app/ledger/posting'

/** A tenant's balance after a change, or none when nothing was written or no bucket moved. */
export interface Written {
  isNew: boolean
  balance: Buckets | null
}

/**
 * Writes a posting unless its reference is there already. PostgreSQL does all of it in one
 * statement: there, round trips cost more than the work. On SQLite there are none.
 */
export function writePosting(trx: Trx, posting: Posting, change: Buckets): Promise<Written> {
  const rows = rowsOfPosting(posting, change)
  return trx.dialect.name === 'postgres' ? writeAtOnce(trx, rows) : writeInTurn(trx, rows)
}

/** Adds to a balance in the database, so that no concurrent change is overwritten; locks the row. */
export async function addToBalance(trx: Trx, row: BalanceRow): Promise<Buckets> {
  const rows = await upsert(trx, 'tenant_balances', row, addingUp)
  return bucketsOfRow(rows[0])
}

async function upsert(trx: Trx, table: string, row: object, onConflict: string) {
  const columns = Object.keys(row)
  const result = await trx.rawQuery(
    `insert into ${table} (${columns.join(', ')})
     values (${columns.map(() => '?').join(', ')}) ${onConflict}`,
    Object.values(row)
  )
  return rowsOf<Record<string, string | number>>(result)
}

export type BalanceRow = ReturnType<typeof balanceRow>

export const balanceRow = (tenantId: string, currency: string, change: Buckets) => ({
  id: newId(),
  tenant_id: tenantId,
  currency,
  pending_minor: change.pendingMinor,
  available_minor: change.availableMinor,
  reserved_minor: change.reservedMinor,
  updated_at: instantText(DateTime.utc()),
})

const addingUp = `on conflict (tenant_id, currency) do update set
    pending_minor = tenant_balances.pending_minor + excluded.pending_minor,
    available_minor = tenant_balances.available_minor + excluded.available_minor,
    reserved_minor = tenant_balances.reserved_minor + excluded.reserved_minor,
    updated_at = excluded.updated_at
  returning pending_minor, available_minor, reserved_minor`

const addingUpDay = `on conflict (tenant_id, currency, day) do update set
    pending_minor = tenant_balance_days.pending_minor + excluded.pending_minor,
    available_minor = tenant_balance_days.available_minor + excluded.available_minor,
    reserved_minor = tenant_balance_days.reserved_minor + excluded.reserved_minor`

const bucketsOfRow = (row: Record<string, string | number>): Buckets => ({
  pendingMinor: Number(row.pending_minor),
  availableMinor: Number(row.available_minor),
  reservedMinor: Number(row.reserved_minor),
})

type Rows = ReturnType<typeof rowsOfPosting>

function rowsOfPosting(posting: Posting, change: Buckets) {
  const { tenantId, currency, paymentId = null, payoutId = null } = posting
  const id = newId()
  const moves = Object.values(change).some((minor) => minor !== 0)
  return {
    transaction: {
      id,
      tenant_id: tenantId,
      kind: posting.kind,
      reference: posting.reference,
      currency,
      payment_id: paymentId,
      payout_id: payoutId,
      occurred_at: instantText(posting.occurredAt),
      created_at: instantText(DateTime.utc()),
    },
    entries: posting.entries.map((entry) => ({
      id: newId(),
      transaction_id: id,
      tenant_id: tenantId,
      account: entry.account,
      platform_account_id: entry.platformAccountId ?? null,
      amount_minor: entry.amountMinor,
      currency,
      charge_type: entry.chargeType ?? null,
      payment_id: paymentId,
    })),
    ...(tenantId !== null && moves
      ? {
          balance: balanceRow(tenantId, currency, change),
          day: dayRow(tenantId, posting, change),
        }
      : { balance: null, day: null }),
  }
}

/** What the posting changes of its day, by UTC. */
const dayRow = (tenantId: string, { currency, occurredAt }: Posting, change: Buckets) => ({
  tenant_id: tenantId,
  currency,
  day: instantText(occurredAt).slice(0, 10),
  pending_minor: change.pendingMinor,
  available_minor: change.availableMinor,
  reserved_minor: change.reservedMinor,
})

async function writeInTurn(
  trx: Trx,
  { transaction, entries, balance, day }: Rows
): Promise<Written> {
  const booked = await insertNew(trx, 'ledger_transactions', [transaction], 'reference')
  if (booked.length === 0) return { isNew: false, balance: null }
  await insertNew(trx, 'ledger_entries', entries, 'id')
  if (!balance) return { isNew: true, balance: null }
  const written = await addToBalance(trx, balance)
  await upsert(trx, 'tenant_balance_days', day, addingUpDay)
  return { isNew: true, balance: written }
}

/** JSON keeps the statement's text the same, however many entries there are. */
async function writeAtOnce(
  trx: Trx,
  { transaction, entries, balance, day }: Rows
): Promise<Written> {
  const result = await trx.rawQuery(atOnce, [
    JSON.stringify(transaction),
    JSON.stringify(entries),
    JSON.stringify(balance ?? {}),
    JSON.stringify(day ?? {}),
  ])
  const [row] = rowsOf<Record<string, string | number>>(result)
  if (!row) return { isNew: false, balance: null }
  return { isNew: true, balance: balance && bucketsOfRow(row) }
}

/** The rows of a table from JSON; `populate` knows the types of its columns. */
const from = (table: string, json: 'object' | 'array') =>
  `select given.* from json_populate_record${json === 'array' ? 'set' : ''}(null::${table}, ?::json) given`

const atOnce = `with posted as (
    insert into ledger_transactions ${from('ledger_transactions', 'object')}
    on conflict (reference) do nothing returning id
  ), entered as (
    insert into ledger_entries ${from('ledger_entries', 'array')}
    join posted on posted.id = given.transaction_id
  ), balanced as (
    insert into tenant_balances ${from('tenant_balances', 'object')}
    join posted on given.id is not null ${addingUp}
  ), dated as (
    -- After the balance, whose lock orders what is posted to a tenant at the same time.
    insert into tenant_balance_days ${from('tenant_balance_days', 'object')}
    join balanced on true ${addingUpDay}
  )
  select posted.id, balanced.* from posted left join balanced on true`
