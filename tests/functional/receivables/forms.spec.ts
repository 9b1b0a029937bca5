import type { ApiClient, ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenMember, givenStore, givenTenant } from '#tests/support/given'
import { givenCustomer, givenReceivable, givenSeller } from '#tests/support/receivables'
import { randomCnpj, randomCpf } from '#tests/support/tax_ids'
import { loggedIn } from '#tests/support/visitor'

const MEGABYTE = 'x'.repeat(1_000_000)
/** What nobody means to type, and somebody sends. */
const strange = [MEGABYTE, '💸', '__proto__', '', ['a', 'b'], { a: 'b' }, '<script>', "' or 1=1 --"]

/** Each wrong value beside its field. */
const pairs = (wrong: Record<string, unknown[]>) =>
  Object.entries(wrong).flatMap(([field, values]) => values.map((value) => [field, value] as const))

const label = (field: string, value: unknown) => `${field}: ${JSON.stringify(value).slice(0, 40)}`

interface Poster {
  client: ApiClient
  user: User
  tenant: Tenant
}

async function post({ client, user, tenant }: Poster, path: string, form: object) {
  const answer = await client
    .post(`/t/${tenant.slug}${path}`)
    .loginAs(user)
    .withCsrfToken()
    .redirects(0)
    .header('referer', `/t/${tenant.slug}${path}`)
    .form(form as never)
  return { answer, errors: (answer.flashMessage('inputErrorsBag') ?? {}) as object }
}

/** Posts the customer's form; it comes back in the same answer, each error beside its field. */
async function postCustomer(poster: Poster, form: object, path = '/customers') {
  const { answer } = await post(poster, path, form)
  const errors = [...answer.text().matchAll(/id="field-(\w+)-error"/g)].map(([, field]) => field)
  return { answer, errors }
}

const customerForm = (more: object = {}) => ({
  _key: newPublicToken(),
  name: 'Maria da Silva',
  tax_id: randomCpf(),
  email: 'maria@example.com',
  zip: '01310-100',
  street: 'Avenida Paulista',
  district: 'Bela Vista',
  city: 'São Paulo',
  state: 'SP',
  ...more,
})

async function givenOwner(client: ApiClient): Promise<Poster> {
  const tenant = await givenSeller()
  const { user } = await givenMember(tenant, 'owner')
  return { client, user, tenant }
}

test.group("The customer's form", () => {
  test('keeps a person and a company, alphanumeric or not, sealed', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const taxIds = [randomCpf(), randomCnpj(), randomCnpj({ alphanumeric: true }).toLowerCase()]

    for (const taxId of taxIds) {
      const { answer } = await post(owner, '/customers', customerForm({ tax_id: taxId }))
      answer.assertStatus(303)
    }

    const customers = await Customer.query().orderBy('id')
    assert.deepEqual(
      customers.map((customer) => customer.taxId),
      taxIds.map((taxId) => taxId.toUpperCase())
    )
    assert.deepEqual(
      customers.map(({ taxIdKind }) => taxIdKind),
      ['CPF', 'CNPJ', 'CNPJ']
    )
    assert.equal(customers[0].postalCode, '01310100')
    const raw = JSON.stringify(await db.from('customers'))
    for (const taxId of taxIds) assert.notInclude(raw, taxId.toUpperCase())
  })

  test('says at its field what is wrong, and keeps the rest', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const filled = strange.filter((value) => value !== '')
    const wrong: Record<string, unknown[]> = {
      tax_id: [...strange, '11111111111', '12345678900', '11222333000182'],
      name: [...strange.filter((value) => value !== "' or 1=1 --"), 'Maria'],
      email: strange,
      zip: [...filled, '1310-100', '013101000', '01310-10a'],
      state: [...filled, 'XX'],
      street: ['', MEGABYTE, '💸'],
      district: ['', MEGABYTE],
      phone: ['💸', MEGABYTE],
      number: [MEGABYTE, ['1', '2']],
    }
    for (const [field, value] of pairs(wrong)) {
      const form = customerForm({ [field]: value })
      const { answer, errors } = await postCustomer(owner, form)
      assert.equal(answer.status(), 422, label(field, value))
      assert.deepEqual(errors, [field], label(field, value))
      assert.include(answer.text(), 'value="São Paulo"')
      if (field !== 'tax_id') assert.include(answer.text(), `value="${form.tax_id}"`)
    }
    assert.lengthOf(await Customer.all(), 0)
  }).timeout(120_000)

  test('keeps one customer of a tax id per tenant', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const taxId = randomCpf()
    await givenCustomer(await givenTenant(), { taxId })

    const first = await postCustomer(owner, customerForm({ tax_id: taxId }))
    const second = await postCustomer(owner, customerForm({ tax_id: taxId }))

    assert.deepEqual(first.errors, [])
    assert.deepEqual(second.errors, ['tax_id'])
    assert.lengthOf(await Customer.all(), 2)
  })

  test('stores a typed tax id nowhere in clear, not even in the session', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client)
    const taxId = randomCpf()

    await postCustomer(owner, customerForm({ tax_id: taxId, email: 'wrong' }))
    await postCustomer(owner, customerForm({ tax_id: taxId }))
    await postCustomer(owner, customerForm({ tax_id: taxId }))

    // One whose page was open for too long, which keeps what was typed.
    const visitor = await loggedIn(owner.user)
    const expired = customerForm({ tax_id: taxId, name: 'Typed before' })
    await visitor.postWithout(`/t/${owner.tenant.slug}/customers`, expired)
    assert.include(JSON.stringify(await db.from('sessions')), 'Typed before')

    for (const table of ['sessions', 'customers', 'audit_entries']) {
      assert.notInclude(JSON.stringify(await db.from(table)), taxId, table)
    }
  })

  test('sets no column that is not on the form', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const other = await givenTenant()
    const more = {
      tenant_id: other.id,
      tenantId: other.id,
      id: '01890000-0000-7000-8000-000000000000',
      tax_id_masked: 'x',
      taxIdCiphertext: 'x',
    }
    await post(owner, '/customers', customerForm(more))

    const [customer] = await Customer.all()
    assert.equal(customer.tenantId, owner.tenant.id)
    assert.notEqual(customer.id, more.id)
    assert.notEqual(customer.taxIdMasked, 'x')
  })

  test('an edit without a tax id keeps the one that is there', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const taxId = randomCpf()
    const customer = await givenCustomer(owner.tenant, { taxId })
    const path = `/customers/${customer.id}?_method=PUT`

    await post(owner, path, customerForm({ tax_id: '', name: 'Maria Souza', number: '' }))

    await customer.refresh()
    assert.equal(customer.taxId, taxId)
    assert.equal(customer.name, 'Maria Souza')
    assert.isNull(customer.streetNumber)
    const page = await client
      .get(`/t/${owner.tenant.slug}/customers/${customer.id}/edit`)
      .loginAs(owner.user)
    assert.notInclude(page.text(), taxId)
  })

  test('finds by beginnings of words, of the address, and by a whole tax id', async ({
    assert,
    client,
  }) => {
    const { user, tenant } = await givenOwner(client)
    const taxId = randomCpf()
    await givenCustomer(tenant, { taxId, name: 'José 100% da Silva', email: 'ze@example.com' })
    await givenCustomer(tenant, { name: 'Ana Souza', email: 'ana@example.com' })
    const found = async (q: string) => {
      const page = await client.get(`/t/${tenant.slug}/customers`).qs({ q }).loginAs(user)
      page.assertStatus(200)
      return ['José', 'Ana'].filter((name) => page.text().includes(`>${name}`)).join(' ')
    }
    const dotted = taxId.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4')

    assert.equal(await found('silva'), 'José')
    assert.equal(await found('jose sil'), 'José')
    assert.equal(await found('JOSÉ souza'), '')
    assert.equal(await found('ilva'), '')
    assert.equal(await found('100%'), 'José')
    assert.equal(await found('%'), '')
    assert.equal(await found('_'), '')
    assert.equal(await found('ana@'), 'Ana')
    assert.equal(await found('example.com'), '')
    assert.equal(await found(dotted), 'José')
    assert.equal(await found(randomCpf()), '')
  })

  test('pages through by name without leaving anybody out', async ({ assert, client }) => {
    const { user, tenant } = await givenOwner(client)
    for (let number = 0; number < 65; number++) {
      await givenCustomer(tenant, { name: number < 40 ? 'Same Name' : `Other ${number}` })
    }
    const seen: string[] = []
    let path: string | undefined = `/t/${tenant.slug}/customers`
    while (path) {
      const page: ApiResponse = await client.get(path).loginAs(user)
      const ids = [...page.text().matchAll(/customers\/([0-9a-f-]{36})"/g)].map(([, id]) => id)
      seen.push(...ids)
      const next: string | undefined = /rel="next" href="\?([^"]*)"/.exec(page.text())?.[1]
      path = next && `/t/${tenant.slug}/customers?${next.replaceAll('&amp;', '&')}`
    }
    assert.lengthOf(seen, 65)
    assert.lengthOf(new Set(seen), 65)
  })
})

test.group("The receivable's form", () => {
  const amounts = [
    '0',
    '-1',
    '1e9',
    '1,5',
    '1,234.56',
    '0,005',
    '1.23,45',
    'NaN',
    ' ',
    '10000000000,01',
  ]
  const dates = ['2026-02-30', '2026-13-01', '31/12/2026', '0000-00-00', '1999-01-01', '9999-12-31']

  test('says at its field what is wrong', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const valid = await receivableForm(owner.tenant)
    const wrong: Record<string, unknown[]> = {
      amount: [...amounts, ...strange],
      due_on: [...dates, ...strange],
      pay_until: [...dates, ...strange.filter((value) => value !== '')],
      description: [MEGABYTE, '', ['a'], { a: 'b' }],
      customer_id: strange,
      store_id: strange,
    }
    for (const [field, value] of pairs(wrong)) {
      const { answer, errors } = await post(owner, '/receivables', { ...valid, [field]: value })
      assert.equal(answer.status(), 303, label(field, value))
      assert.deepEqual(Object.keys(errors), [field], label(field, value))
      if (field !== 'description') assert.equal(answer.flashMessage('description'), 'Perfume')
    }
    assert.lengthOf(await Receivable.all(), 0)
  }).timeout(120_000)

  test('reads amounts as the language writes them', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const typed = ['1.234,56', '1234,56', '1234.56', '1.234', '0,01']
    for (const amount of typed) {
      await post(owner, '/receivables', await receivableForm(owner.tenant, { amount }))
    }
    await owner.user.merge({ locale: 'en' }).save()
    await post(owner, '/receivables', await receivableForm(owner.tenant, { amount: '1,234.56' }))

    const receivables = await Receivable.query().orderBy('id')
    assert.deepEqual(
      receivables.map(({ amountMinor }) => amountMinor),
      [1_234_56, 1_234_56, 1_234_56, 1_234_00, 1, 1_234_56]
    )
  })

  test('refuses a last day to pay outside its limits', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    for (const days of [6, 37]) {
      const form = await receivableForm(owner.tenant, { pay_until: inDays(owner.tenant, days) })
      const { errors } = await post(owner, '/receivables', form)
      assert.deepEqual(Object.keys(errors), ['pay_until'])
    }
  })

  test("refuses another tenant's customer and store, and a cashier's foreign store", async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client)
    const stranger = await givenTenant()
    const customer = await givenCustomer(stranger)
    const store = await defaultStore(stranger)
    const foreign = await givenStore(owner.tenant)
    const { user } = await givenMember(owner.tenant, 'cashier', [await givenStore(owner.tenant)])

    for (const [poster, more, field] of [
      [owner, { customer_id: customer.id }, 'customer_id'],
      [owner, { store_id: store.id }, 'store_id'],
      [{ ...owner, user }, { store_id: foreign.id }, 'store_id'],
    ] as const) {
      const form = await receivableForm(owner.tenant, more)
      const { errors } = await post(poster, '/receivables', form)
      assert.deepEqual(Object.keys(errors), [field])
    }
    assert.lengthOf(await Receivable.all(), 0)
  })

  test('fifty identical posts make one receivable', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const form = await receivableForm(owner.tenant)

    await Promise.all(Array.from({ length: 50 }, () => post(owner, '/receivables', form)))

    assert.lengthOf(await Receivable.all(), 1)
  })
})

test.group('The form that issues a boleto', () => {
  test('says at its field what is wrong with the last day', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const receivable = await givenReceivable(owner.tenant)
    const path = `/receivables/${receivable.id}/charges`
    const today = inDays(owner.tenant, 0)
    const days = ['2026-02-30', '1999-01-01', '9999-12-31', today, inDays(owner.tenant, 6)]

    for (const value of [...days, ...strange.slice(0, 3)]) {
      const { answer, errors } = await post(owner, path, {
        '_key': newPublicToken(),
        'methods[]': 'boleto',
        'pay_until': value,
      })
      assert.equal(answer.status(), 303, label('pay_until', value))
      assert.deepEqual(Object.keys(errors), ['pay_until'], label('pay_until', value))
    }
    assert.lengthOf(await receivable.related('charges').query(), 0)
  })

  test('says in words why the provider refused, and at which field', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const { tenant, user } = owner
    const customer = await givenCustomer(tenant, { email: 'platform@testuser.com' })
    const receivable = await givenReceivable(tenant, { customer })
    await post(owner, `/receivables/${receivable.id}/charges`, {
      '_key': newPublicToken(),
      'methods[]': 'boleto',
    })

    const page = await client.get(`/t/${tenant.slug}/receivables/${receivable.id}`).loginAs(user)
    page.assertTextIncludes('Quem paga não pode ser quem recebe')
    const edit = `/t/${tenant.slug}/customers/${customer.id}/edit?refused=same_person`
    page.assertTextIncludes(edit)
    const form = await client.get(edit).loginAs(user)
    assert.match(form.text(), /id="field-email-error"[^<]*<svg/)
  })

  test('a customer without an address is asked for it first', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const customer = await givenCustomer(owner.tenant, { street: null })
    const receivable = await givenReceivable(owner.tenant, { customer })

    const { answer } = await post(owner, `/receivables/${receivable.id}/charges`, {
      '_key': newPublicToken(),
      'methods[]': 'boleto',
    })

    assert.include(String(answer.flashMessage('error')), 'endereço')
    assert.lengthOf(await receivable.related('charges').query(), 0)
  })
})

const inDays = (tenant: Tenant, days: number): string =>
  clock.now().setZone(tenant.timeZone).plus({ days }).toISODate()!

async function receivableForm(tenant: Tenant, more: object = {}) {
  const customer = await givenCustomer(tenant)
  const store = await defaultStore(tenant)
  return {
    _key: newPublicToken(),
    customer_id: customer.id,
    store_id: store.id,
    description: 'Perfume',
    amount: '150,00',
    due_on: inDays(tenant, 7),
    ...more,
  }
}
