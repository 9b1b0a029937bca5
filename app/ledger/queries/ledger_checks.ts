import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#app/core/database/insert_new'
import { postedDaysSql } from '#app/ledger/queries/posted_days'

/** A statement that finds what must not be: one row for each offence, with what it is about. */
export interface LedgerCheck {
  name: string
  sql: string | ((client: QueryClientContract) => string)
}

export interface CheckResult {
  name: string
  /** How many rows offend. */
  offences: number
  /** The first of them. */
  rows: Record<string, unknown>[]
}

const SHOWN = 50

/** Runs one check in one statement, so that it sees one moment of the books. */
export async function runCheck(
  client: QueryClientContract,
  { name, sql }: LedgerCheck
): Promise<CheckResult> {
  const text = typeof sql === 'string' ? sql : sql(client)
  const counted = `select count(*) over () as offences, found.* from (${text}) as found limit ${SHOWN}`
  const rows = rowsOf<Record<string, unknown>>(await client.rawQuery(counted))
  return {
    name,
    offences: Number(rows[0]?.offences ?? 0),
    rows: rows.map(({ offences: _, ...row }) => row),
  }
}

/** What must hold whatever was posted. */
export const ledgerChecks: LedgerCheck[] = [
  {
    name: 'transactions_sum_to_zero',
    sql: `select t.reference, e.currency, sum(e.amount_minor) as sum_minor
          from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
          group by t.reference, e.currency having sum(e.amount_minor) <> 0`,
  },
  {
    name: 'transactions_have_entries',
    sql: `select t.reference from ledger_transactions t
          where not exists (select 1 from ledger_entries e where e.transaction_id = t.id)`,
  },
  {
    name: 'entries_agree_with_their_transaction',
    sql: `select e.id as entry, t.reference from ledger_entries e
          join ledger_transactions t on t.id = e.transaction_id
          where e.currency <> t.currency
             or coalesce(cast(e.tenant_id as text), '') <> coalesce(cast(t.tenant_id as text), '')
             or coalesce(cast(e.payment_id as text), '') <> coalesce(cast(t.payment_id as text), '')`,
  },
  {
    name: 'entries_name_tenant_and_account',
    sql: `select e.id as entry, e.account from ledger_entries e
          where (e.account like 'tenant:%' and e.tenant_id is null)
             or (e.account = 'platform:gateway' and e.platform_account_id is null)
             or (e.account <> 'platform:gateway' and e.platform_account_id is not null)`,
  },
  {
    name: 'balances_equal_entries',
    sql: `select coalesce(b.tenant_id, s.tenant_id) as tenant, coalesce(b.currency, s.currency) as currency,
            b.pending_minor, s.pending_minor as pending_posted_minor,
            b.available_minor, s.available_minor as available_posted_minor,
            b.reserved_minor, s.reserved_minor as reserved_posted_minor
          from tenant_balances b full join (
            select tenant_id, currency,
              -sum(case when account = 'tenant:pending' then amount_minor else 0 end) as pending_minor,
              -sum(case when account = 'tenant:available' then amount_minor else 0 end) as available_minor,
              -sum(case when account = 'tenant:reserved' then amount_minor else 0 end) as reserved_minor
            from ledger_entries where account like 'tenant:%' group by tenant_id, currency
          ) s on s.tenant_id = b.tenant_id and s.currency = b.currency
          where coalesce(b.pending_minor, 0) <> coalesce(s.pending_minor, 0)
             or coalesce(b.available_minor, 0) <> coalesce(s.available_minor, 0)
             or coalesce(b.reserved_minor, 0) <> coalesce(s.reserved_minor, 0)`,
  },
  {
    name: 'days_equal_entries',
    sql: (client) => `select coalesce(d.tenant_id, s.tenant_id) as tenant,
            coalesce(d.currency, s.currency) as currency, coalesce(d.day, s.day) as day,
            d.pending_minor, s.pending_minor as pending_posted_minor,
            d.available_minor, s.available_minor as available_posted_minor,
            d.reserved_minor, s.reserved_minor as reserved_posted_minor
          from (
            select tenant_id, currency, cast(day as text) as day,
              pending_minor, available_minor, reserved_minor from tenant_balance_days
          ) d full join (${postedDaysSql(client)}) s
            on s.tenant_id = d.tenant_id and s.currency = d.currency and s.day = d.day
          where coalesce(d.pending_minor, 0) <> coalesce(s.pending_minor, 0)
             or coalesce(d.available_minor, 0) <> coalesce(s.available_minor, 0)
             or coalesce(d.reserved_minor, 0) <> coalesce(s.reserved_minor, 0)`,
  },
]
