import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { instantFrom } from '#app/core/columns'
import type { DueDays, Frequency } from '#app/payouts/due_dates'
import type { PayoutFacts } from '#app/payouts/hindrance'

/** All that decides on a tenant's payout, in the tenant's currency. Amounts in minor units. */
export interface PayoutStanding extends PayoutFacts {
  tenantId: string
  slug: string
  currency: string
  automaticPayouts: boolean
  schedule: DueDays & { minimumMinor: number; keepMinor: number; seenFor: string | null }
  pendingMinor: number
  reservedMinor: number
}

/** One statement for any number of tenants; the caller says which ones. */
export async function payoutStandings(
  client: QueryClientContract,
  which: (query: DatabaseQueryBuilderContract) => unknown
): Promise<PayoutStanding[]> {
  const query = standings(client)
  which(query)
  const rows = await query
  return rows.map(asStanding)
}

/** @throws Error when there is no such tenant. */
export async function payoutStanding(
  client: QueryClientContract,
  tenantId: string
): Promise<PayoutStanding> {
  const [standing] = await payoutStandings(client, (query) => query.where('tenants.id', tenantId))
  if (!standing) throw new Error(`No tenant ${tenantId}`)
  return standing
}

const standings = (client: QueryClientContract) =>
  client
    .query()
    .from('tenants')
    .leftJoin('tenant_balances', (join) => {
      join.on('tenant_balances.tenant_id', 'tenants.id')
      join.andOn('tenant_balances.currency', 'tenants.currency')
    })
    .leftJoin('payout_destinations', (join) => {
      join.on('payout_destinations.tenant_id', 'tenants.id')
      join.andOnVal('payout_destinations.state', 'current')
    })
    .leftJoin('platform_accounts', (join) => {
      join.on('platform_accounts.currency', 'tenants.currency')
      join.andOnVal('platform_accounts.state', 'current')
    })
    .leftJoin('payout_schedules', 'payout_schedules.tenant_id', 'tenants.id')
    .leftJoin('payout_rules', 'payout_rules.currency', 'tenants.currency')
    .select('tenants.id', 'tenants.slug', 'tenants.currency', 'tenants.time_zone', 'tenants.state')
    .select('tenants.automatic_payouts')
    .select('tenant_balances.pending_minor', 'tenant_balances.available_minor')
    .select('tenant_balances.reserved_minor')
    .select('payout_schedules.frequency', 'payout_schedules.weekday', 'payout_schedules.month_day')
    .select('payout_schedules.minimum_minor as schedule_minimum_minor')
    .select('payout_schedules.keep_minor', 'payout_schedules.seen_for')
    .select('payout_rules.minimum_minor as platform_minimum_minor')
    .select('payout_destinations.id as destination_id')
    .select('platform_accounts.id as platform_account_id')
    // A tenant's first transactions are payments: the index is read from its start, not through.
    .select(
      client.raw(
        `(select occurred_at from ledger_transactions posted
          where posted.tenant_id = tenants.id and posted.payment_id is not null
          order by posted.occurred_at limit 1) as first_payment_at`
      )
    )

const asStanding = (row: Record<string, any>): PayoutStanding => ({
  tenantId: row.id,
  slug: row.slug,
  currency: row.currency,
  timeZone: row.time_zone,
  tenantIsActive: row.state === 'active',
  automaticPayouts: row.automatic_payouts === true || row.automatic_payouts === 1,
  schedule: scheduleOf(row),
  minimumMinor: Number(row.platform_minimum_minor ?? 1),
  pendingMinor: Number(row.pending_minor ?? 0),
  availableMinor: Number(row.available_minor ?? 0),
  reservedMinor: Number(row.reserved_minor ?? 0),
  destinationId: row.destination_id,
  platformAccountId: row.platform_account_id,
  firstPaymentAt: row.first_payment_at ? instantFrom(row.first_payment_at) : null,
})

/** A tenant that has chosen nothing is paid out every day, and whole. */
const scheduleOf = (row: Record<string, any>): PayoutStanding['schedule'] => ({
  frequency: (row.frequency ?? 'daily') as Frequency,
  weekday: row.weekday ?? 1,
  monthDay: row.month_day ?? 1,
  minimumMinor: Number(row.schedule_minimum_minor ?? 0),
  keepMinor: Number(row.keep_minor ?? 0),
  seenFor: row.seen_for,
})
