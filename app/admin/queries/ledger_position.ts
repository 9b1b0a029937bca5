import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#app/core/database/insert_new'
import { assertMinor, sumMinor } from '#app/core/money'

/**
 * The books of one currency in minor units, each in its natural sign: what tenants have, what the
 * platform has, and what lies at the provider by the ledger.
 */
export interface Position {
  currency: string
  pendingMinor: number
  availableMinor: number
  reservedMinor: number
  /** The parts of reserved, by the rows that say what it is reserved for. */
  disputesMinor: number
  payoutsMinor: number
  holdbackMinor: number
  earnedMinor: number
  otherMinor: number
  gatewayMinor: number
  accounts: { id: string; name: string; amountMinor: number }[]
  differences: Difference[]
}

/** What does not agree, by how much; a check's `minor` is how many rows offend. */
export interface Difference {
  name: string
  minor: number
}

/** In one statement, so that all of it is of one moment. What tenants have is read from balances. */
const SUMS = `
  select 'pending' as part, currency, '' as account, sum(pending_minor) as minor
    from tenant_balances group by currency
  union all select 'available', currency, '', sum(available_minor)
    from tenant_balances group by currency
  union all select 'reserved', currency, '', sum(reserved_minor)
    from tenant_balances group by currency
  union all select 'earned', currency, '', -sum(amount_minor)
    from ledger_entries where account = 'platform:fee_revenue' group by currency
  union all select 'other', currency, '', -sum(amount_minor)
    from ledger_entries where account = 'platform:other' group by currency
  union all select 'gateway', currency, cast(platform_account_id as text), sum(amount_minor)
    from ledger_entries where account = 'platform:gateway' group by currency, platform_account_id
  union all select 'disputes', d.currency, '', sum(d.amount_minor)
    from disputes d join payments p on p.tenant_id = d.tenant_id and p.id = d.payment_id
    where d.state = 'open' and p.mode = 'centralized' group by d.currency
  union all select 'payouts', currency, '', sum(amount_minor)
    from payouts where state in ('requested', 'approved', 'processing') group by currency
  union all select 'holdback', currency, '', sum(held_minor)
    from holdbacks where freed_at is null group by currency`

interface Sum {
  part: string
  currency: string
  account: string
  minor: string | number
}

/** Every currency that was ever used, by its code. */
export async function ledgerPosition(): Promise<Position[]> {
  // tenant: the sum over all of them is the question.
  const sums = rowsOf<Sum>(await db.rawQuery(SUMS))
  const names = await accountNames()
  const codes = [...new Set(sums.map(({ currency }) => currency))].sort()
  return codes.map((code) => positionOf(code, sums, names))
}

async function accountNames(): Promise<Map<string, string>> {
  const rows = await db.from('platform_accounts').select('id', 'nickname', 'collector_id')
  return new Map(rows.map((row) => [row.id, `${row.nickname ?? ''} ${row.collector_id}`.trim()]))
}

function positionOf(currency: string, sums: Sum[], names: Map<string, string>): Position {
  const own = sums.filter((sum) => sum.currency === currency)
  const of = (part: string) =>
    sumMinor(own.filter((sum) => sum.part === part).map(({ minor }) => Number(minor)))
  const position = {
    currency,
    pendingMinor: of('pending'),
    availableMinor: of('available'),
    reservedMinor: of('reserved'),
    disputesMinor: of('disputes'),
    payoutsMinor: of('payouts'),
    holdbackMinor: of('holdback'),
    earnedMinor: of('earned'),
    otherMinor: of('other'),
    gatewayMinor: of('gateway'),
    accounts: own
      .filter(({ part }) => part === 'gateway')
      .map(({ account: id, minor }) => ({
        ...{ id, name: names.get(id) ?? id },
        amountMinor: Number(minor),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  }
  return { ...position, differences: differencesOf(position) }
}

/** What tenants and the platform have, together. */
export const owedMinor = (of: Omit<Position, 'differences' | 'accounts'>): number =>
  sumMinor([of.pendingMinor, of.availableMinor, of.reservedMinor, of.earnedMinor, of.otherMinor])

function differencesOf(position: Omit<Position, 'differences'>): Difference[] {
  const { gatewayMinor, reservedMinor, disputesMinor, payoutsMinor, holdbackMinor } = position
  const reservedFor = sumMinor([disputesMinor, payoutsMinor, holdbackMinor])
  return [
    { name: 'total', minor: assertMinor(gatewayMinor - owedMinor(position)) },
    { name: 'reserved', minor: assertMinor(reservedMinor - reservedFor) },
  ].filter(({ minor }) => minor !== 0)
}
