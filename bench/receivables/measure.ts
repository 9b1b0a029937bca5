import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { newId, newPublicToken } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { addWords } from '#app/receivables/receivable_words'
import {
  receivableList,
  receivableListPage,
  receivableTotals,
  type ListInput,
} from '#app/receivables/queries/receivable_list'
import type Customer from '#app/receivables/models/customer'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenTenant } from '#tests/support/given'
import { givenCustomer } from '#tests/support/receivables'

const FEW = 50
const BATCH = 100
const CUSTOMERS = 20
/** Three of five are open, as in the small one: both tenants fill a page by state. */
const states = ['open', 'open', 'paid', 'open', 'cancelled']

interface Side {
  tenant: Tenant
  /** The number in the last description. */
  last: number
}

/** Due from 350 days ago to as far ahead; thirty and more of each tenant are due around today. */
async function givenReceivables(count: number): Promise<Side> {
  const tenant = await givenTenant()
  const store = await defaultStore(tenant)
  const customers: Customer[] = []
  for (let at = 0; at < CUSTOMERS; at++) {
    const name = `Customer ${at % 2 ? 'Maria' : 'Paulo'} Number ${at}`
    customers.push(await givenCustomer(tenant, { name }))
  }
  const today = DateTime.fromISO(clock.today(tenant.timeZone))
  const days = Math.min(350, count / 2)
  const row = (at: number) => ({
    ...{ id: newId(), tenant_id: tenant.id, store_id: store.id },
    customer_id: customers[at % CUSTOMERS].id,
    ...{ description: `Item ${at}`, amount_minor: 100 + at, currency: tenant.currency },
    due_on: today.plus({ days: (at % (2 * days)) - days }).toISODate()!,
    ...{ pay_until: '2030-01-31', state: states[at % states.length] },
    ...{ public_token: newPublicToken(), paid_minor: 0, refunded_minor: 0 },
    ...{ created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' },
  })
  await transaction(async (trx) => {
    for (let at = 0; at < count; at += BATCH) {
      const rows = Array.from({ length: Math.min(BATCH, count - at) }, (_, more) => row(at + more))
      await trx.table('receivables').multiInsert(rows)
      await addWords(
        trx,
        rows.map(({ id, description }) => ({ id, tenantId: tenant.id, description }))
      )
    }
  })
  return { tenant, last: count - 1 }
}

const search = (text: string) => ({ search: { text, locale: 'pt-BR' } })

/** By tenant, as days and pages are its own. */
function filters({ tenant, last }: Side): Record<string, Partial<ListInput>> {
  const today = DateTime.fromISO(clock.today(tenant.timeZone))
  const day = (days: number) => today.plus({ days }).toISODate()!
  return {
    'all': {},
    'state': { filter: 'open' },
    'overdue': { filter: 'overdue' },
    'due range': { dueFrom: day(-20), dueUntil: day(20) },
    'due range and state': { dueFrom: day(-40), dueUntil: day(40), filter: 'open' },
    'one receivable by its words': search(`item ${last}`),
    'a frequent and a rare word': search('item 17'),
    'all of them by a word': search('item'),
    'half of them by the customer': search('maria'),
    'two frequent words': search('customer maria'),
    'amount': search('1,17'),
    'nothing found': search('zzzz'),
  }
}

/** A cursor so many pages down. */
async function deep(tenant: Tenant, pages: number) {
  let after: ListInput['after']
  const limit = 1000
  for (let left = pages * 30; left > 0; left -= limit) {
    const input = { tenant, storeIds: null, after, limit: Math.min(left, limit) }
    const { next } = await receivableList(input)
    if (!next) break
    after = next
  }
  return after
}

const middle = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]

interface Sides {
  few: () => Promise<unknown>
  many: () => Promise<unknown>
}

/** Medians of both in turn, so that neither has the warmer machine. */
async function compare(runs: number, sides: Sides) {
  const times: Record<keyof Sides, number[]> = { few: [], many: [] }
  for (let run = 0; run < runs + 5; run++) {
    for (const side of ['few', 'many'] as const) {
      const start = performance.now()
      await sides[side]()
      if (run >= 5) times[side].push(performance.now() - start)
    }
  }
  const [fewMs, manyMs] = [middle(times.few), middle(times.many)]
  const round = (value: number) => Number(value.toFixed(2))
  return { fewMs: round(fewMs), manyMs: round(manyMs), ratio: round(manyMs / fewMs) }
}

type Read = (input: ListInput) => Promise<unknown>

/** What is read: the rows alone, the totals alone, and both as the page shows them. */
const reads: Record<string, Read> = {
  rows: receivableList,
  totals: receivableTotals,
  page: receivableListPage,
}

interface Plan {
  rows: number
  runs: number
  /** What the names of the filters have in them. */
  only: string
}

export async function measure({ rows, runs, only }: Plan) {
  const [few, many] = [await givenReceivables(FEW), await givenReceivables(rows)]
  if (db.connection().dialect.name === 'postgres') await db.rawQuery('analyze')
  const figures: Record<string, Record<string, object>> = {}
  for (const name of Object.keys(filters(few)).filter((filter) => filter.includes(only))) {
    figures[name] = {}
    for (const [what, read] of Object.entries(reads)) {
      const of = (side: Side) => () =>
        read({ tenant: side.tenant, storeIds: null, ...filters(side)[name] })
      figures[name][what] = await compare(runs, { few: of(few), many: of(many) })
    }
  }
  const after = await deep(many.tenant, Math.min(500, Math.floor(rows / 30) - 1))
  const page = (input: Partial<ListInput>) => () =>
    receivableList({ tenant: many.tenant, storeIds: null, ...input })
  return {
    filters: figures,
    pageOneAndFiveHundred: await compare(runs, { few: page({}), many: page({ after }) }),
  }
}
