import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { insertNew } from '#app/core/database/insert_new'
import { newId } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { heldMoney } from '#app/admin/queries/platform_status'
import { RebuildBalances } from '#app/ledger/actions/rebuild_balances'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { balanceAt } from '#app/ledger/queries/balance_at'
import { platformFigures, tenantFigures } from '#app/payments/queries/figures'
import { releases } from '#app/payments/queries/releases'
import { statement, type StatementInput } from '#app/payments/queries/statement'
import type Tenant from '#app/tenants/models/tenant'
import { givenTenant } from '#tests/support/given'
import { givenAvailable } from '#tests/support/posted_money'

const DAYS = 365
const BATCH = 250
/** Kept by the provider still, of a hundred. */
const UNRELEASED = 5

/** A row of each table that a payment needs, to be copied. */
async function templatesOf(tenant: Tenant) {
  await givenAvailable(tenant, 1_00, { paidAt: clock.now().minus({ days: DAYS + 1 }) })
  const [payment] = await db.from('payments').where('tenant_id', tenant.id)
  const transactions = await db.from('ledger_transactions').where('payment_id', payment.id)
  const entries = await db.from('ledger_entries').where('payment_id', payment.id)
  return { payment: { ...payment, snapshot: '{}' }, transactions, entries }
}

type Templates = Awaited<ReturnType<typeof templatesOf>>
type Row = Record<string, any>

/** One payment, approved and released at once, so many minor units of it. */
function copy({ payment, transactions, entries }: Templates, minor: number, at: DateTime) {
  const id = newId()
  const same = { payment_id: id }
  const when = instantText(at)
  const held = minor % 100 < UNRELEASED
  const release = { released_at: held ? null : when, money_release_at: when }
  const posted = transactions.map((row: Row) => ({ ...row, old: row.id, id: newId() }))
  return {
    payments: [
      {
        ...{ ...payment, id, amount_minor: minor, provider_payment_id: id.slice(-12) + minor },
        ...{ approved_at: when, ...release },
      },
    ],
    ledger_transactions: posted.map(({ old: _, ...row }: Row) => ({
      ...{ ...row, ...same, occurred_at: when },
      reference: `${row.kind}:${id}`,
    })),
    ledger_entries: entries.map((row: Row) => ({
      ...{ ...row, ...same, id: newId(), amount_minor: Math.sign(row.amount_minor) * minor },
      transaction_id: posted.find(({ old }: Row) => old === row.transaction_id)!.id,
    })),
  }
}

/** Two movements for each payment, spread over a year; the balance and its days are summed up after. */
async function givenMovements(count: number): Promise<Tenant> {
  const tenant = await givenTenant()
  const templates = await templatesOf(tenant)
  const payments = Math.floor(count / 2)
  const start = clock.now().minus({ days: DAYS })
  for (let at = 0; at < payments; at += BATCH) {
    const copies = Array.from({ length: Math.min(BATCH, payments - at) }, (_, more) => {
      const minutes = ((at + more) * DAYS * 24 * 60) / payments
      return copy(templates, 100 + ((at + more) % 900), start.plus({ minutes }))
    })
    await transaction(async (trx) => {
      for (const table of ['payments', 'ledger_transactions', 'ledger_entries'] as const) {
        await insertNew(
          trx,
          table,
          copies.flatMap((one) => one[table] as Row[]),
          'id'
        )
      }
    })
  }
  await new RebuildBalances().handle({ tenant: tenant.slug })
  return tenant
}

async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]
}

const today = () => clock.today('America/Sao_Paulo')
const last = (days: number) => ({
  name: 'own' as const,
  from: clock.now().minus({ days }).toISODate()!,
  until: today(),
})

/** What a reader asks for; each is run for the small and the large tenant. */
async function worksOf(tenant: Tenant) {
  const which: StatementInput = { tenantId: tenant.id, currency: tenant.currency }
  const middle = clock.now().minus({ days: DAYS / 2 })
  const deep = `${instantText(middle)}_ffffffff-ffff-7fff-bfff-ffffffffffff`
  const figures = (days: number) => () =>
    tenantFigures(tenant, { period: last(days), today: today() })
  return {
    firstPage: () => statement(which),
    pageOfHalfAYearAgo: () => statement({ ...which, after: deep }),
    balanceOfHalfAYearAgo: () => balanceAt({ ...which, before: middle }),
    available: () => statement({ ...which, bucket: 'available' }),
    noStore: () => statement({ ...which, storeId: tenant.id }),
    chartsOf7Days: figures(7),
    chartsOf30Days: figures(30),
    chartsOfAYear: figures(360),
    releases: () => releases({ tenantId: tenant.id, timeZone: tenant.timeZone }),
  }
}

/** Both tenants in turn, so that neither has the warmer machine. */
export async function measure({ few, many, runs }: { few: number; many: number; runs: number }) {
  const [small, large] = [await givenMovements(few), await givenMovements(many)]
  await db.rawQuery('analyze')
  const { isSound } = await new VerifyLedger().handle()
  if (!isSound) throw new Error('The books are not sound')
  const [ofSmall, ofLarge] = [await worksOf(small), await worksOf(large)]
  const ratios: Record<string, object> = {}
  for (const name of Object.keys(ofSmall) as (keyof typeof ofSmall)[]) {
    const fewMs = await median(runs, ofSmall[name])
    const manyMs = await median(runs, ofLarge[name])
    ratios[name] = { fewMs, manyMs, ratio: manyMs / fewMs }
  }
  const input = { today: today(), timeZone: 'America/Sao_Paulo' }
  const platform = {
    heldMoneyMs: await median(runs, heldMoney),
    chartsOf30DaysMs: await median(runs, () => platformFigures({ ...input, period: last(30) })),
    chartsOfAYearMs: await median(runs, () => platformFigures({ ...input, period: last(360) })),
  }
  return { ratios, platform }
}
