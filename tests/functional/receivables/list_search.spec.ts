import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { newId, newPublicToken } from '#app/core/ids'
import {
  receivableList,
  receivableTotals,
  type ListCursor,
} from '#app/receivables/queries/receivable_list'
import { addWords } from '#app/receivables/receivable_words'
import { MOST_HITS } from '#app/receivables/queries/receivable_search'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenMember, givenStore, givenTenant } from '#tests/support/given'
import { givenCustomer, givenReceivable } from '#tests/support/receivables'
import { randomCpf } from '#tests/support/tax_ids'

const found = async (tenant: Tenant, text: string) => {
  const search = { text, locale: 'pt-BR' }
  const { receivables } = await receivableList({ tenant, storeIds: null, search })
  return receivables.map(({ description }) => description).sort()
}

/** Many at once, as bare rows with their words. */
async function givenMany(tenant: Tenant, count: number, name = 'Item') {
  const [customer, store] = [await givenCustomer(tenant), await defaultStore(tenant)]
  const now = DateTime.utc().toISO()
  const rows = Array.from({ length: count }, (_, at) => ({
    ...{ id: newId(), tenant_id: tenant.id, store_id: store.id, customer_id: customer.id },
    ...{
      description: `${name} ${at}`,
      amount_minor: 100,
      currency: tenant.currency,
      state: 'open',
    },
    ...{ due_on: '2030-01-31', pay_until: '2030-01-31', public_token: newPublicToken() },
    ...{ paid_minor: 0, refunded_minor: 0, created_at: now, updated_at: now },
  }))
  const client = db.connection()
  for (let at = 0; at < count; at += 200) {
    const batch = rows.slice(at, at + 200)
    await client.table('receivables').multiInsert(batch)
    const worded = batch.map(({ id, description }) => ({ id, tenantId: tenant.id, description }))
    await addWords(client, worded)
  }
}

test.group('Searching receivables', () => {
  test('finds by description, customer, whole tax id and amount, in its own tenant', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const taxId = randomCpf()
    const maria = { taxId, name: 'María Souza', email: 'maria@perfumes.example' }
    const customer = await givenCustomer(tenant, maria)
    await givenReceivable(tenant, { customer, description: 'Perfume 100%' })
    await givenReceivable(tenant, { description: 'Cologne', amountMinor: 1_234_56 })
    const other = await givenTenant()
    const foreign = await givenCustomer(other, maria)
    await givenReceivable(other, { customer: foreign, description: 'Foreign perfume' })

    assert.deepEqual(await found(tenant, 'perfume'), ['Perfume 100%'])
    assert.deepEqual(await found(tenant, '100%'), ['Perfume 100%'])
    assert.deepEqual(await found(tenant, '_'), [])
    assert.deepEqual(await found(tenant, 'maria sou'), ['Perfume 100%'])
    assert.deepEqual(await found(tenant, 'maria@perfumes.example'), ['Perfume 100%'])
    assert.deepEqual(await found(tenant, taxId), ['Perfume 100%'])
    assert.deepEqual(await found(tenant, randomCpf()), [])
    assert.deepEqual(await found(tenant, '1.234,56'), ['Cologne'])
    assert.deepEqual(await found(tenant, '1.234,57'), [])
  })

  test('finds each of very many once, the newest first, whether they are new or old', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    await givenMany(await givenTenant(), 1, 'Old')
    // More than are fetched, and none of them among the rows that are looked at one by one.
    await givenMany(tenant, MOST_HITS + 1, 'Old')
    await givenMany(tenant, MOST_HITS + 1, 'New')
    const names = (name: string, numbers = /./) =>
      Array.from({ length: MOST_HITS + 1 }, (_, at) => `${name} ${MOST_HITS - at}`).filter((text) =>
        numbers.test(text)
      )
    const expected = {
      'old': names('Old'),
      'new': names('New'),
      'old 17': names('Old', / 17/),
      '17 new': names('New', / 17/),
    }
    for (const [text, rows] of Object.entries(expected)) {
      const all: string[] = []
      let after: ListCursor | undefined
      do {
        const search = { text, locale: 'pt-BR' }
        const input = { tenant, storeIds: null, search, after, limit: 700 }
        const { receivables, next } = await receivableList(input)
        all.push(...receivables.map(({ description }) => description))
        after = next ?? undefined
      } while (after)
      assert.deepEqual(all, rows, text)
    }
  }).timeout(180_000)

  test('narrows to due dates, both days included, and sums each state', async ({ assert }) => {
    const tenant = await givenTenant()
    const [, second, third] = await Promise.all(
      [1, 2, 3, 4].map((dueInDays) => givenReceivable(tenant, { dueInDays }))
    )
    await third.merge({ state: 'paid' }).save()
    const input = { tenant, storeIds: null, dueFrom: second.dueOn, dueUntil: third.dueOn }

    const { receivables } = await receivableList(input)

    assert.sameMembers(
      receivables.map(({ id }) => id),
      [second.id, third.id]
    )
    assert.deepEqual(await receivableTotals(input), [
      { state: 'draft', count: 1, amountMinor: 150_00 },
      { state: 'paid', count: 1, amountMinor: 150_00 },
    ])
  })

  test('counts a thousand and says of more that there are more', async ({ assert, client }) => {
    const tenant = await givenTenant()
    const { user } = await givenMember(tenant, 'owner')
    await givenMany(tenant, 1000)
    const input = { tenant, storeIds: null }
    const full = [{ state: 'open', count: 1000, amountMinor: 100_000 }]
    assert.deepEqual(await receivableTotals(input), full as never)
    await givenReceivable(tenant)

    assert.isNull(await receivableTotals(input))
    const page = await client.get(`/t/${tenant.slug}/receivables`).loginAs(user)
    page.assertTextIncludes('Mais de 1.000')
  })
})

test.group('The file of receivables', () => {
  test('has every row of the filter once, and runs nothing in a spreadsheet', async ({
    assert,
    client,
  }) => {
    const tenant = await givenTenant()
    const { user } = await givenMember(tenant, 'owner')
    await givenMany(tenant, 1100)
    const bad = ['=1+1', '+1', '-1+1', '@SUM(A1)', 'a;"b"']
    for (const description of bad) {
      await givenReceivable(tenant, { description, amountMinor: 1_234_56 })
    }
    const path = `/t/${tenant.slug}/receivables.csv`

    const all = await client.get(path).loginAs(user)
    const some = await client.get(path).qs({ q: '1.234,56' }).loginAs(user)

    assert.equal(all.header('content-type'), 'text/csv; charset=utf-8')
    assert.isTrue(all.text().startsWith('\uFEFFVencimento;'))
    const lines = all.text().trimEnd().split('\r\n')
    assert.lengthOf(lines, 1 + 1100 + bad.length)
    assert.lengthOf(new Set(lines), lines.length)
    const rest = some.text().trimEnd().split('\r\n').slice(1).reverse()
    assert.lengthOf(rest, bad.length)
    for (const at of [0, 1, 2, 3]) assert.include(rest[at], `;'${bad[at]};`)
    assert.include(rest[4], ';"a;""b""";')
    for (const line of rest) assert.include(line, ';"1234,56";"0,00";BRL')
  })

  test("holds a cashier's own stores only", async ({ assert, client }) => {
    const tenant = await givenTenant()
    const store = await givenStore(tenant)
    const { user } = await givenMember(tenant, 'cashier', [store])
    await givenReceivable(tenant, { description: 'elsewhere' })
    await givenReceivable(tenant, { description: 'own', storeId: store.id })

    const file = await client.get(`/t/${tenant.slug}/receivables.csv`).loginAs(user)

    assert.include(file.text(), ';own;')
    assert.notInclude(file.text(), 'elsewhere')
  })
})
