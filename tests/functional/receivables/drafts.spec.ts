import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { transaction } from '#app/core/transaction'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import AuditEntry from '#app/core/models/audit_entry'
import type User from '#app/identity/models/user'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import { ShareReceivable } from '#app/receivables/actions/share_receivable'
import { ChangeDraft } from '#app/receivables/actions/change_draft'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenMember, givenStore } from '#tests/support/given'
import { givenCustomer, givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const byCommand = { kind: 'command' } as const

interface Editor {
  client: ApiClient
  user: User
  tenant: Tenant
}

async function givenEditor(client: ApiClient, values = {}): Promise<Editor> {
  const tenant = await givenSeller(values)
  const { user } = await givenMember(tenant, 'owner')
  return { client, user, tenant }
}

const later = ({ timeZone }: Tenant, days: number) =>
  DateTime.fromISO(clock.today(timeZone)).plus({ days }).toISODate()!

const formOf = (receivable: Receivable, more: Record<string, string> = {}) => ({
  _key: newPublicToken(),
  customer_id: receivable.customerId,
  store_id: receivable.storeId,
  description: receivable.description,
  amount: '150,00',
  due_on: receivable.dueOn,
  pay_until: receivable.payUntil,
  ...more,
})

const put = ({ client, user, tenant }: Editor, { id }: Receivable, form: Record<string, string>) =>
  client
    .put(`/t/${tenant.slug}/receivables/${id}`)
    .loginAs(user)
    .withCsrfToken()
    .redirects(0)
    .header('referer', `/t/${tenant.slug}/receivables/${id}/edit`)
    .form(form)

const get = ({ client, user, tenant }: Editor, path: string) =>
  client.get(`/t/${tenant.slug}/receivables${path}`).loginAs(user)

const changes = () => AuditEntry.query().where('action', 'receivable.changed')

test.group('Editing a draft', () => {
  test('changes every field, and keeps what was before', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const { tenant, user } = editor
    const draft = await givenReceivable(tenant)
    const customer = await givenCustomer(tenant)
    const store = await givenStore(tenant)
    const before = { customerId: draft.customerId, storeId: draft.storeId, dueOn: draft.dueOn }

    const page = await get(editor, `/${draft.id}/edit?customer=${customer.id}`)
    page.assertTextIncludes('value="150,00"')
    page.assertTextIncludes(`name="customer_id" value="${customer.id}"`)
    const answer = await put(
      editor,
      draft,
      formOf(draft, {
        customer_id: customer.id,
        store_id: store.id,
        description: 'Perfume 200 ml',
        amount: '1.234,56',
        due_on: later(tenant, 10),
        pay_until: later(tenant, 15),
        ...{ fine: '2', interest: '1,5', discount: '5', discount_until: later(tenant, 3) },
      })
    )

    answer.assertStatus(303)
    assert.include(String(answer.flashMessage('warning')), '1%')
    await draft.refresh()
    assert.deepInclude(draft.$attributes, {
      ...{ customerId: customer.id, storeId: store.id, description: 'Perfume 200 ml' },
      ...{ amountMinor: 1_234_56, dueOn: later(tenant, 10), payUntil: later(tenant, 15) },
      ...{ finePercent: '2.00', interestPercent: '1.50', discountPercent: '5.00' },
      ...{ discountUntil: later(tenant, 3), state: 'draft' },
    })
    const [entry] = await changes()
    assert.equal(entry.userId, user.id)
    const details = entry.details as Record<'before' | 'after', object>
    assert.deepInclude(details.before, { ...before, amountMinor: 150_00, finePercent: null })
    assert.deepInclude(details.after, { amountMinor: 1_234_56, finePercent: '2.00' })
  })

  test('that changes nothing leaves no trace', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const draft = await givenReceivable(editor.tenant)
    const answer = await put(editor, draft, formOf(draft))
    answer.assertStatus(303)
    assert.lengthOf(await changes(), 0)
  })

  test('says at its field what is wrong', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const { tenant } = editor
    const draft = await givenReceivable(tenant)
    const other = await givenSeller()
    const [stranger, strange] = [await givenCustomer(other), await defaultStore(other)]
    const wrong: [string, string][] = [
      ['amount', '0'],
      ['amount', 'x'],
      ['description', ''],
      ['due_on', later(tenant, -1)],
      ['pay_until', later(tenant, 3)],
      ['pay_until', later(tenant, 60)],
      ['store_id', strange.id],
      ['customer_id', stranger.id],
      ['fine', '100'],
    ]
    for (const [field, value] of wrong) {
      const answer = await put(editor, draft, formOf(draft, { [field]: value }))
      const errors = (answer.flashMessage('inputErrorsBag') ?? {}) as object
      assert.deepEqual(Object.keys(errors), [field], `${field}: ${value}`)
    }
    assert.lengthOf(await changes(), 0)
  })

  test('is over once it was opened or cancelled', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const { tenant } = editor
    const shared = await givenReceivable(tenant)
    await new ShareReceivable().handle({
      ...{ tenantId: tenant.id, receivableId: shared.id, actor: byCommand },
    })
    const cancelled = await givenReceivable(tenant)
    await cancelled.moveTo('cancelled').save()
    const offered = await givenReceivable(tenant)
    await issue(tenant, offered, 'pix')

    for (const receivable of [shared, cancelled, offered]) {
      const page = await get(editor, `/${receivable.id}/edit`).redirects(0)
      page.assertStatus(303)
      assert.include(String(page.flashMessage('error')), 'não pode mais ser editada')
      const answer = await put(editor, receivable, formOf(receivable, { amount: '1,00' }))
      assert.include(String(answer.flashMessage('error')), 'não pode mais ser editada')
      const shown = await get(editor, `/${receivable.id}`)
      assert.notInclude(shown.text(), `/receivables/${receivable.id}/edit`)
      await receivable.refresh()
      assert.equal(receivable.amountMinor, 150_00)
    }
  })

  test('waits for whoever opens it at the same moment, and is refused then', async ({ assert }) => {
    const tenant = await givenSeller()
    const draft = await givenReceivable(tenant)
    const input = {
      ...{ tenant, receivableId: draft.id, customerId: draft.customerId, storeId: draft.storeId },
      ...{
        description: 'Changed',
        amountMinor: 1_00,
        dueOn: draft.dueOn,
        payUntil: draft.payUntil,
      },
      ...{ storeIds: null, actor: byCommand },
    }

    let changing: Promise<unknown> = Promise.resolve()
    await transaction(async (trx) => {
      const share = { tenantId: tenant.id, receivableId: draft.id, actor: byCommand }
      await new ShareReceivable().within(trx, share)
      changing = new ChangeDraft().handle(input).catch((error) => error.key)
      await new Promise((resolve) => setTimeout(resolve, 100))
    })

    assert.equal(await changing, 'receivables.not_draft')
    await draft.refresh()
    assert.deepEqual([draft.state, draft.amountMinor], ['open', 150_00])
  })

  test('and offering it at the same moment never charges an amount that nobody sees', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    for (let round = 0; round < 6; round++) {
      const draft = await givenReceivable(tenant)
      const input = {
        ...{ tenant, receivableId: draft.id, customerId: draft.customerId },
        ...{ storeId: draft.storeId, description: 'Changed', amountMinor: 99_00 },
        ...{ dueOn: draft.dueOn, payUntil: draft.payUntil, storeIds: null, actor: byCommand },
      }
      const change = () => new ChangeDraft().handle(input)
      const offer = () => issue(tenant, draft, 'pix')
      const both = round % 2 ? [change(), offer()] : [offer(), change()]
      await Promise.allSettled(both)
      await draft.refresh()
      const charges = await Charge.query().where('receivable_id', draft.id)
      for (const charge of charges) {
        assert.equal(charge.amountMinor, draft.amountMinor)
        const { transaction_amount: asked } = await simulator.payment(charge.providerPaymentId!)
        assert.equal(asked * 100, draft.amountMinor)
      }
    }
  })

  test('is for the members who may create it, in their own stores', async ({ client }) => {
    const tenant = await givenSeller()
    const [own, other] = [await givenStore(tenant), await givenStore(tenant)]
    const { user } = await givenMember(tenant, 'cashier', [own])
    const cashier = { client, user, tenant }
    const mine = await givenReceivable(tenant, { storeId: own.id })
    const theirs = await givenReceivable(tenant, { storeId: other.id })
    const foreign = await givenReceivable(await givenSeller())

    const page = await get(cashier, `/${mine.id}/edit`)
    page.assertStatus(200)
    const saved = await put(cashier, mine, formOf(mine, { amount: '2,00' }))
    saved.assertStatus(303)
    for (const receivable of [theirs, foreign]) {
      for (const path of ['edit', 'edit/customer', 'copy']) {
        const missing = await get(cashier, `/${receivable.id}/${path}`)
        missing.assertStatus(404)
      }
      const refused = await put(cashier, receivable, formOf(receivable))
      refused.assertStatus(404)
    }
  })

  test('and duplicating draw in three languages, with another customer to choose', async ({
    client,
    assert,
  }) => {
    const editor = await givenEditor(client)
    const draft = await givenReceivable(editor.tenant)
    const other = await givenCustomer(editor.tenant)
    for (const locale of ['pt-BR', 'es', 'en']) {
      await editor.user.merge({ locale }).save()
      for (const path of ['edit', 'edit/customer', 'copy']) {
        const page = await get(editor, `/${draft.id}/${path}`)
        page.assertStatus(200)
        assert.notInclude(page.text(), 'translation missing', `${locale} ${path}`)
      }
    }
    const page = await get(editor, `/${draft.id}/edit/customer?q=number`)
    page.assertTextIncludes(`/receivables/${draft.id}/edit?customer=${other.id}`)
  })

  test('has no terms where nothing carries them', async ({ assert, client }) => {
    const editor = await givenEditor(client, { country: 'AR' })
    const draft = await givenReceivable(editor.tenant)
    const page = await get(editor, `/${draft.id}/edit`)
    assert.notInclude(page.text(), 'name="fine"')
  })
})

test.group('Duplicating a receivable', () => {
  const field = (page: string, name: string) =>
    new RegExp(`name="${name}"[^>]*?value="([^"]*)"`).exec(page)?.[1]

  test('fills in the form, as far from today as it was then', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const { tenant } = editor
    const first = await givenReceivable(tenant, {
      ...{ dueInDays: 7, payUntilInDays: 12, description: 'Mensalidade', amountMinor: 88_01 },
    })
    await first.merge({ finePercent: '2.00' }).save()
    await simulator.advance({ days: 40 })

    const page = await get(editor, `/${first.id}/copy`)

    page.assertStatus(200)
    const shown = ['description', 'amount', 'due_on', 'pay_until', 'fine', 'customer_id'].map(
      (name) => field(page.text(), name)
    )
    const dates = [later(tenant, 7), later(tenant, 12)]
    assert.deepEqual(shown, ['Mensalidade', '88,01', ...dates, '2,00', first.customerId])
    assert.lengthOf(await Receivable.all(), 1)
    const home = `/t/${tenant.slug}/receivables`
    assert.include(page.text(), `action="${home}"`)
  })

  test('of one that was due when it was written down is due today', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const first = await givenReceivable(editor.tenant, { dueInDays: -5, payUntilInDays: 60 })
    const page = await get(editor, `/${first.id}/copy`)
    assert.equal(field(page.text(), 'due_on'), later(editor.tenant, 0))
    assert.equal(field(page.text(), 'pay_until'), later(editor.tenant, 29))
  })

  test('is for the customer that its own was merged into', async ({ assert, client }) => {
    const editor = await givenEditor(client)
    const { tenant } = editor
    const first = await givenReceivable(tenant)
    const into = await givenCustomer(tenant)
    await first.customer.merge({ mergedIntoId: into.id }).save()
    const page = await get(editor, `/${first.id}/copy`)
    assert.equal(field(page.text(), 'customer_id'), into.id)
  })
})
