import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { newId, newPublicToken } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import {
  receivableList,
  receivableTotals,
  type ListInput,
} from '#app/receivables/queries/receivable_list'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenTenant } from '#tests/support/given'
import { givenCustomer } from '#tests/support/receivables'

const FEW = 50
const BATCH = 200
const states = ['open', 'paid', 'open', 'cancelled', 'partially_paid']

async function givenReceivables(count: number): Promise<Tenant> {
  const tenant = await givenTenant()
  const [customer, store] = [await givenCustomer(tenant), await defaultStore(tenant)]
  const row = (at: number) => ({
    ...{ id: newId(), tenant_id: tenant.id, store_id: store.id, customer_id: customer.id },
    ...{ description: `Item ${at}`, amount_minor: 100 + at, currency: tenant.currency },
    due_on: DateTime.fromISO('2026-01-01')
      .plus({ days: at % 700 })
      .toISODate(),
    ...{ pay_until: '2030-01-31', state: states[at % states.length] },
    ...{ public_token: newPublicToken(), paid_minor: 0, refunded_minor: 0 },
    ...{ created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' },
  })
  await transaction(async (trx) => {
    for (let at = 0; at < count; at += BATCH) {
      const rows = Array.from({ length: Math.min(BATCH, count - at) }, (_, more) => row(at + more))
      await trx.table('receivables').multiInsert(rows)
    }
  })
  return tenant
}

/** @returns the median of so many runs, in milliseconds */
async function median(runs: number, input: ListInput): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await receivableList(input)
    await receivableTotals(input)
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]
}

const filters: Record<string, Partial<ListInput>> = {
  all: {},
  state: { filter: 'paid' },
  overdue: { filter: 'overdue' },
  dueRange: { dueFrom: '2026-03-01', dueUntil: '2026-03-31' },
  customerWords: { search: { text: 'customer', locale: 'pt-BR' } },
  nothingFound: { search: { text: 'zzzz', locale: 'pt-BR' } },
}

/** Both tenants in turn, so that neither has the warmer machine. */
export async function measure({ rows, runs }: { rows: number; runs: number }) {
  const [few, many] = [await givenReceivables(FEW), await givenReceivables(rows)]
  if (db.connection().dialect.name === 'postgres') await db.rawQuery('analyze receivables')
  const ratios: Record<string, Record<string, number>> = {}
  for (const [name, filter] of Object.entries(filters)) {
    const small = await median(runs, { tenant: few, storeIds: null, ...filter })
    const large = await median(runs, { tenant: many, storeIds: null, ...filter })
    ratios[name] = { fewMs: small, manyMs: large, ratio: large / small }
  }
  return ratios
}
