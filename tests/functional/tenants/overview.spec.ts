import { test } from '@japa/runner'
import { givenMember, givenStore, givenTenant } from '#tests/support/given'
import { givenAvailable } from '#tests/support/posted_money'
import { givenCustomer, givenReceivable } from '#tests/support/receivables'
import { loggedIn, textOf } from '#tests/support/visitor'

test.group('The overview', () => {
  test('shows what is overdue, what came last and what the tenant has', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenTenant(), 'owner')
    const customer = await givenCustomer(tenant, { name: 'Lívia Ramos' })
    const late = await givenReceivable(tenant, { customer, dueInDays: -3, description: 'Late one' })
    await late.moveTo('open').save()
    await givenReceivable(tenant, { customer, amountMinor: 123_456, description: 'Other one' })
    await givenAvailable(tenant, 98_765)

    const visitor = await loggedIn(user)
    const text = await textOf(visitor.get(`/t/${tenant.slug}`))
    assert.include(text, 'Vencidas (1)')
    assert.match(text, /data-state="overdue"/)
    assert.match(text.replaceAll('\u00a0', ' '), /R\$ 1\.234,56/)
    assert.match(text.replaceAll('\u00a0', ' '), /R\$ 987,65/)
  })

  test('shows a cashier nothing of other stores, and no balance', async ({ assert }) => {
    const tenant = await givenTenant()
    const own = await givenStore(tenant, 'Centro')
    const { user } = await givenMember(tenant, 'cashier', [own])
    await givenReceivable(tenant, { storeId: own.id, description: 'Of the own store' })
    await givenReceivable(tenant, { description: 'Of another store' })
    await givenAvailable(tenant, 98_765)

    const visitor = await loggedIn(user)
    const text = await textOf(visitor.get(`/t/${tenant.slug}`))
    assert.include(text, 'Of the own store')
    assert.notInclude(text, 'Of another store')
    assert.notInclude(text, '987,65')
  })
})
