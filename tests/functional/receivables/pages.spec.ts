import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'
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
      .form({ '_key': newPublicToken(), 'methods[]': 'boleto' })
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
      .form({ '_key': newPublicToken(), 'methods[]': 'boleto' })
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
      .form({ _key: newPublicToken() })
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
      .form({ '_key': newPublicToken(), 'methods[]': 'boleto' })
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
      .form({ _key: newPublicToken() })
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
      .form({ _key: newPublicToken() })
      .withCsrfToken()
      .redirects(0)

    await receivable.refresh()
    assert.notEqual(receivable.state, 'cancelled')
  })

  test('what may still be payable is not cancelled', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'manager')
    await simulator.fault({ kind: 'error_after_work', route: 'POST /v1/payments', times: 1 })
    const lost = await givenBoleto(tenant)
    const known = await givenBoleto(tenant)
    await simulator.fault({ kind: 'server_error', route: 'PUT /v1/payments/:id', times: 1 })

    for (const { receivable } of [lost, known]) {
      const answer = await client
        .post(`/t/${tenant.slug}/receivables/${receivable.id}/cancellation`)
        .loginAs(user)
        .form({ _key: newPublicToken() })
        .withCsrfToken()
        .redirects(0)
      assert.include(String(answer.flashMessage('error')), 'ainda não confirmou')
      await receivable.refresh()
      assert.equal(receivable.state, 'open')
    }
    assert.equal(lost.charge.state, 'creating')
  })

  test('a scheduled boleto that was cancelled is never issued', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'manager')
    const { receivable, charge } = await givenBoleto(tenant, { dueInDays: 60 })

    await client
      .post(`/t/${tenant.slug}/receivables/${receivable.id}/cancellation`)
      .loginAs(user)
      .form({ _key: newPublicToken() })
      .withCsrfToken()
      .redirects(0)
    await simulator.advance({ days: 40 })
    await new ResumeCharges().handle()

    await charge.refresh()
    assert.equal(charge.state, 'cancelled')
    assert.isNull(charge.providerPaymentId)
  })

  test('while the outcome is unknown the page says so and looks again', async ({ client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    await simulator.fault({ kind: 'error_after_work', route: 'POST /v1/payments', times: 1 })
    const { receivable } = await givenBoleto(tenant)

    const page = await client.get(`/t/${tenant.slug}/receivables/${receivable.id}`).loginAs(user)

    page.assertTextIncludes('Ainda não sabemos se foi emitido')
    page.assertHeader('refresh', '10')
  })

  test('an overdue receivable gets a new boleto with another last day', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const { receivable, charge } = await givenBoleto(tenant, { dueInDays: 3 })
    await charge.moveTo('expired').save()
    await simulator.advance({ days: 10 })
    const payUntil = clock.now().setZone(tenant.timeZone).plus({ days: 5 }).toISODate()!

    const answer = await client
      .post(`/t/${tenant.slug}/receivables/${receivable.id}/charges`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ '_key': newPublicToken(), 'methods[]': 'boleto', 'pay_until': payUntil })

    answer.assertStatus(303)
    await receivable.refresh()
    assert.equal(receivable.payUntil, payUntil)
    const again = await Charge.query().whereNot('id', charge.id).firstOrFail()
    assert.equal(again.state, 'pending')
  })

  test('issuing is slowed down for who does it by the hundred', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const { receivable } = await givenBoleto(tenant)
    const statuses = new Set<number>()
    for (let press = 0; press < 61; press++) {
      const answer = await client
        .post(`/t/${tenant.slug}/receivables/${receivable.id}/charges`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ '_key': newPublicToken(), 'methods[]': 'boleto' })
      statuses.add(answer.status())
    }
    assert.deepEqual([...statuses], [303, 429])
  })
})
