import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import Receivable from '#app/receivables/models/receivable'
import { receivableList } from '#app/receivables/queries/receivable_list'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember, givenStore, givenTenant } from '#tests/support/given'
import { givenCustomer, givenReceivable } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const descriptions = async (input: Parameters<typeof receivableList>[0]) => {
  const { receivables } = await receivableList(input)
  return receivables.map(({ description }) => description).sort()
}

async function givenOpen(tenant: Tenant, description: string, dueOn: string) {
  const receivable = await givenReceivable(tenant, { description })
  return receivable.merge({ state: 'open', dueOn }).save()
}

test.group('The list of receivables', () => {
  test('is narrowed to a state, a store, a customer, and to its own tenant', async ({ assert }) => {
    const tenant = await givenTenant()
    const store = await givenStore(tenant)
    const customer = await givenCustomer(tenant)
    await givenReceivable(tenant, { description: 'draft' })
    await givenReceivable(tenant, { description: 'store', storeId: store.id })
    await givenReceivable(tenant, { description: 'customer', customer })
    await givenReceivable(await givenTenant(), { description: 'foreign' })
    const paid = await givenReceivable(tenant, { description: 'paid' })
    await paid.merge({ state: 'paid' }).save()

    assert.deepEqual(await descriptions({ tenant, storeIds: null }), [
      'customer',
      'draft',
      'paid',
      'store',
    ])
    assert.deepEqual(await descriptions({ tenant, storeIds: null, filter: 'paid' }), ['paid'])
    assert.deepEqual(await descriptions({ tenant, storeIds: null, storeId: store.id }), ['store'])
    assert.deepEqual(await descriptions({ tenant, storeIds: [store.id] }), ['store'])
    assert.deepEqual(await descriptions({ tenant, storeIds: [] }), [])
    assert.deepEqual(await descriptions({ tenant, storeIds: null, customerId: customer.id }), [
      'customer',
    ])
  })

  test('knows what is overdue where the tenant lives', async ({ assert }) => {
    const tenant = await givenTenant({ timeZone: 'America/Sao_Paulo' })
    // One in the morning in UTC is still the day before in São Paulo.
    const oneInTheMorning = clock.now().plus({ days: 1 }).startOf('day').plus({ hours: 1 })
    await simulator.advance({ seconds: Math.ceil(oneInTheMorning.diff(clock.now()).as('seconds')) })
    const today = DateTime.fromISO(clock.today(tenant.timeZone))
    assert.notEqual(today.toISODate(), clock.now().toISODate())
    await givenOpen(tenant, 'due today', today.toISODate()!)
    await givenOpen(tenant, 'due yesterday', today.minus({ days: 1 }).toISODate()!)
    const paid = await givenOpen(tenant, 'paid', today.minus({ days: 9 }).toISODate()!)
    await paid.merge({ state: 'paid' }).save()

    const overdue = await descriptions({ tenant, storeIds: null, filter: 'overdue' })

    assert.deepEqual(overdue, ['due yesterday'])
  })

  test('pages from the newest to the oldest, each once, filters kept', async ({
    assert,
    client,
  }) => {
    const tenant = await givenTenant()
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant)
    for (let number = 0; number < 65; number++) await givenReceivable(tenant, { customer })
    const [hidden] = await Receivable.query().orderBy('id', 'desc').limit(1)
    await hidden.merge({ state: 'cancelled' }).save()

    const home = `/t/${tenant.slug}/receivables`
    const seen: string[] = []
    for (let path: string | undefined = `${home}?state=draft&store=`; path;) {
      const page = await client.get(path).loginAs(user)
      const text: string = page.text()
      seen.push(...[...text.matchAll(/receivables\/([0-9a-f-]{36})"/g)].map(([, id]) => id))
      const next: string | undefined = /rel="next" href="\?([^"]*)"/.exec(text)?.[1]
      path = next && `${home}?${next.replaceAll('&amp;', '&')}`
    }

    assert.lengthOf(seen, 64)
    assert.lengthOf(new Set(seen), 64)
    assert.deepEqual(seen, seen.toSorted().reverse())
  })

  test('takes three queries, however many rows there are', async ({ assert }) => {
    const tenant = await givenTenant()
    for (let number = 0; number < 5; number++) await givenReceivable(tenant)
    const knex = db.connection().getReadClient()
    let queries = 0
    const count = () => void queries++
    knex.on('query', count)

    await receivableList({ tenant, storeIds: null })

    knex.off('query', count)
    assert.equal(queries, 3)
  })
})
