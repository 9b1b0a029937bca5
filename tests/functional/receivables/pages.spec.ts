import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import { defaultStore, givenMember, givenStore, givenTenant } from '#tests/support/given'
import {
  givenBoleto,
  givenCustomer,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

test.group('The pages of receivables', () => {
  test('a member writes a receivable down and issues its boleto', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant)
    const store = await defaultStore(tenant)
    const home = `/t/${tenant.slug}/receivables`
    const { dueOn } = await givenReceivable(tenant, { customer })

    const create = await client.get(`${home}/create?customer=${customer.id}`).loginAs(user)
    create.assertStatus(200)
    create.assertTextIncludes('R$')
    const created = await client.post(home).loginAs(user).withCsrfToken().redirects(0).form({
      _key: newPublicToken(),
      customer_id: customer.id,
      store_id: store.id,
      description: 'Perfume 100 ml',
      amount: '1.234,56',
      due_on: dueOn,
    })
    created.assertStatus(303)
    const receivable = await Receivable.query().orderBy('id', 'desc').firstOrFail()
    assert.equal(receivable.amountMinor, 1_234_56)
    assert.equal(receivable.state, 'draft')

    const issued = await client
      .post(`${home}/${receivable.id}/charges`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken() })
    issued.assertStatus(303)
    const charge = await Charge.firstOrFail()
    const page = await client.get(`${home}/${receivable.id}`).loginAs(user)
    page.assertStatus(200)
    page.assertTextIncludes(charge.digitableLine!)
    page.assertTextIncludes('<svg')
    page.assertTextIncludes(`/p/${receivable.publicToken}`)
    page.assertTextIncludes(charge.documentUrl!.split('?')[0])
  })

  test('every page draws in the three languages', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const { receivable } = await givenBoleto(tenant)
    const draft = await givenReceivable(tenant, { dueInDays: 40 })
    const pages = [
      '/receivables',
      '/receivables?state=overdue',
      '/receivables/create',
      `/receivables/create?customer=${receivable.customerId}`,
      `/receivables/${receivable.id}`,
      `/receivables/${draft.id}`,
      '/customers',
      '/customers?q=number',
      '/customers/create',
      `/customers/${receivable.customerId}`,
      `/customers/${receivable.customerId}/edit?refused=tax_id`,
    ]
    for (const locale of ['pt-BR', 'es', 'en']) {
      await user.merge({ locale }).save()
      for (const path of pages) {
        const page = await client.get(`/t/${tenant.slug}${path}`).loginAs(user)
        page.assertStatus(200)
        assert.notInclude(page.text(), 'translation missing', `${locale} ${path}`)
      }
    }
  })

  test('a cashier sees the receivables of its own stores only', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const [own, other] = [await givenStore(tenant), await givenStore(tenant)]
    const { user } = await givenMember(tenant, 'cashier', [own])
    const mine = await givenReceivable(tenant, { storeId: own.id, description: 'Mine' })
    const theirs = await givenReceivable(tenant, { storeId: other.id, description: 'Theirs' })
    const home = `/t/${tenant.slug}/receivables`

    const list = await client.get(home).loginAs(user)
    list.assertTextIncludes('Mine')
    assert.notInclude(list.text(), 'Theirs')
    const seen = await client.get(`${home}/${mine.id}`).loginAs(user)
    seen.assertStatus(200)
    const hidden = await client.get(`${home}/${theirs.id}`).loginAs(user)
    hidden.assertStatus(404)
    const issue = await client
      .post(`${home}/${theirs.id}/charges`)
      .loginAs(user)
      .withCsrfToken()
      .form({ _key: newPublicToken() })
    issue.assertStatus(404)
  })

  test('a cashier issues but neither cancels nor keeps customers', async ({ client }) => {
    const tenant = await givenSeller()
    const store = await defaultStore(tenant)
    const { user } = await givenMember(tenant, 'cashier', [store])
    const receivable = await givenReceivable(tenant, { storeId: store.id })
    const home = `/t/${tenant.slug}`

    const cancel = await client
      .post(`${home}/receivables/${receivable.id}/cancellation`)
      .loginAs(user)
      .withCsrfToken()
    cancel.assertStatus(403)
    for (const path of ['customers', 'customers/create', `customers/${receivable.customerId}`]) {
      const page = await client.get(`${home}/${path}`).loginAs(user)
      page.assertStatus(403)
    }
    const issue = await client
      .post(`${home}/receivables/${receivable.id}/charges`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken() })
    issue.assertStatus(303)
  })

  test("another tenant's rows are as missing as rows that never were", async ({ client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const stranger = await givenTenant()
    const foreign = await givenReceivable(stranger)
    const home = `/t/${tenant.slug}`
    const missing = '01890000-0000-7000-8000-000000000000'

    for (const id of [foreign.id, missing]) {
      const page = await client.get(`${home}/receivables/${id}`).loginAs(user)
      page.assertStatus(404)
    }
    for (const id of [foreign.customerId, missing]) {
      const page = await client.get(`${home}/customers/${id}`).loginAs(user)
      page.assertStatus(404)
    }
  })

  test('cancelling ends the boleto at Mercado Pago too', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'manager')
    const { receivable, charge } = await givenBoleto(tenant)

    const answer = await client
      .post(`/t/${tenant.slug}/receivables/${receivable.id}/cancellation`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
    answer.assertStatus(303)

    await receivable.refresh()
    await charge.refresh()
    assert.equal(receivable.state, 'cancelled')
    assert.equal(charge.state, 'cancelled')
    const payment = await simulator.payment(charge.providerPaymentId!)
    assert.equal(payment.status, 'cancelled')
  })

  test('a boleto that was just paid is not cancelled', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'manager')
    const { receivable, charge } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)

    await client
      .post(`/t/${tenant.slug}/receivables/${receivable.id}/cancellation`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)

    await receivable.refresh()
    assert.notEqual(receivable.state, 'cancelled')
  })
})
