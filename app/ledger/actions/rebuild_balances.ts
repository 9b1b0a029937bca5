import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction, type Trx } from '#app/core/transaction'
import { ledger, type Buckets } from '#app/ledger/ledger'
import { postedBuckets } from '#app/ledger/queries/posted_buckets'
import { keptDays, postedDays, type DayRow } from '#app/ledger/queries/posted_days'
import Tenant from '#app/tenants/models/tenant'

export interface Rebuilt {
  tenant: string
  currency: string
  before: Buckets
  after: Buckets
}

interface RebuildInput {
  /** Slug of the only tenant to look at. */
  tenant?: string
  dryRun?: boolean
  onChange?: (rebuilt: Rebuilt) => void
}

export type RebuildReport =
  { state: 'unknown_tenant' } | { state: 'done'; seen: number; changed: number }

const PAGE = 500

/** Makes every balance, and its days, what the entries say. Each is locked while it is summed and set. */
export class RebuildBalances {
  async handle(input: RebuildInput): Promise<RebuildReport> {
    if (input.tenant && !(await Tenant.findBy('slug', input.tenant))) {
      return { state: 'unknown_tenant' }
    }
    const report = { state: 'done' as const, seen: 0, changed: 0 }
    for await (const { tenantId, slug, currency } of this.#balances(input.tenant)) {
      const rebuilt = await this.#rebuild(tenantId, currency, Boolean(input.dryRun))
      report.seen++
      if (!rebuilt) continue
      report.changed++
      input.onChange?.({ tenant: slug, currency, ...rebuilt })
    }
    return report
  }

  /** Tenant and currency of all entries and balances, page by page. */
  async *#balances(slug?: string) {
    for (let after = ''; ;) {
      const tenants = Tenant.query().orderBy('id').limit(PAGE)
      if (slug) tenants.where('slug', slug)
      if (after) tenants.where('id', '>', after)
      const page = await tenants
      for (const { id, slug: name } of page) {
        for (const currency of await currenciesOf(id)) yield { tenantId: id, slug: name, currency }
      }
      if (page.length < PAGE) return
      after = page[page.length - 1].id
    }
  }

  /** The lock comes first: what is posted meanwhile adds to the new figure, not to the old one. */
  async #rebuild(tenantId: string, currency: string, dryRun: boolean) {
    return transaction(async (trx) => {
      const before = await ledger.lockBalance(trx, tenantId, currency)
      const after = await postedBuckets(trx, tenantId, currency)
      const days = await postedDays(trx, tenantId, currency)
      const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
      const areDaysRight = isSame(days, await keptDays(trx, tenantId, currency))
      if (areDaysRight && isSame(before, after)) return null
      if (!dryRun) {
        await replaceDays(trx, tenantId, currency, days)
        await trx
          .from('tenant_balances')
          .where({ tenant_id: tenantId, currency })
          .update({
            pending_minor: after.pendingMinor,
            available_minor: after.availableMinor,
            reserved_minor: after.reservedMinor,
            updated_at: instantText(clock.now()),
          })
      }
      return { before, after }
    })
  }
}

const INSERTED_AT_ONCE = 500

async function replaceDays(trx: Trx, tenantId: string, currency: string, days: DayRow[]) {
  await trx.from('tenant_balance_days').where({ tenant_id: tenantId, currency }).delete()
  for (let at = 0; at < days.length; at += INSERTED_AT_ONCE) {
    await trx.table('tenant_balance_days').multiInsert(days.slice(at, at + INSERTED_AT_ONCE))
  }
}

async function currenciesOf(tenantId: string): Promise<string[]> {
  const of = (table: string) =>
    db.from(table).where('tenant_id', tenantId).distinct('currency').select('currency')
  const rows = [...(await of('tenant_balances')), ...(await of('ledger_entries'))]
  return [...new Set(rows.map(({ currency }) => currency as string))].sort()
}
