import { spawnSync } from 'node:child_process'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { countries, type CountryCode } from '#app/core/countries'
import { rowsOf } from '#app/core/database/insert_new'
import { newPublicToken } from '#app/core/ids'
import KeptMail from '#app/core/models/kept_mail'
import type User from '#app/identity/models/user'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { postingChecks } from '#app/payments/queries/posting_checks'
import { CreateReceivable } from '#app/receivables/actions/create_receivable'
import { EraseCustomer } from '#app/receivables/actions/erase_customer'
import { MergeCustomers, mergeFields } from '#app/receivables/actions/merge_customers'
import Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'
import { customerListPage } from '#app/receivables/queries/customer_list'
import type Tenant from '#app/tenants/models/tenant'
import customerParts from '#start/customer_parts'
import { aceProcess } from '#tests/support/ace_process'
import { defaultStore, givenMember, givenTenant, PASSWORD } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import {
  givenBoleto,
  givenCustomer,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import {
  randomChileanRut,
  randomCi,
  randomCpf,
  randomCuit,
  randomCurp,
  randomNit,
  randomRuc,
} from '#tests/support/tax_ids'
import { drainWork } from '#tests/support/work'

const command = { kind: 'command' } as const

interface Poster {
  client: ApiClient
  tenant: Tenant
  user: User
}

async function givenOwner(client: ApiClient, tenant?: Tenant): Promise<Poster> {
  const at = tenant ?? (await givenTenant())
  const { user } = await givenMember(at, 'owner')
  return { client, tenant: at, user }
}

const post = ({ client, tenant, user }: Poster, path: string, form: object) =>
  client
    .post(`/t/${tenant.slug}/customers${path}`)
    .loginAs(user)
    .withCsrfToken()
    .redirects(0)
    .header('referer', `/t/${tenant.slug}/customers`)
    .form(form as never)

const get = ({ client, tenant, user }: Poster, path: string) =>
  client.get(`/t/${tenant.slug}/customers${path}`).loginAs(user)

/** A tenant of any country; the helper's own places know two. */
async function givenTenantIn(country: CountryCode): Promise<Tenant> {
  const { currency, timeZone, locale } = countries[country]
  const tenant = await givenTenant()
  return tenant.merge({ country, currency, timeZone, locale }).save()
}

const person = (more: object = {}) => ({
  _key: newPublicToken(),
  name: 'Ana Souza',
  email: 'ana@example.com',
  ...more,
})

test.group("The customer's form, country by country", () => {
  test('{0} takes {1}')
    .with([
      ['AR', 'CUIT', () => person({ tax_id: randomCuit(['27']) }), 'individual'],
      ['AR', 'CUIT', () => person({ tax_id: randomCuit(['30']) }), 'association'],
      ['AR', 'DNI', () => person({ tax_id: '30.123.456' }), 'individual'],
      [
        'CL',
        'RUT',
        () => person({ tax_id: randomChileanRut(), entity_type: 'association' }),
        'association',
      ],
      [
        'CO',
        'NIT',
        () => person({ tax_id: randomNit(), tax_id_kind: 'NIT', entity_type: 'individual' }),
        'individual',
      ],
      ['CO', 'CC', () => person({ tax_id: '1020304050', tax_id_kind: 'CC' }), 'individual'],
      ['MX', 'CURP', () => person({ tax_id: randomCurp() }), 'individual'],
      ['PE', 'RUC', () => person({ tax_id: randomRuc(['20']) }), 'association'],
      ['UY', 'CI', () => person({ tax_id: randomCi() }), 'individual'],
    ] as const)
    .run(async ({ assert, client }, [country, kind, form, entityType]) => {
      const owner = await givenOwner(client, await givenTenantIn(country))
      const page = await get(owner, '/create')
      page.assertStatus(200)

      const answer = await post(owner, '', form())

      answer.assertStatus(303)
      const customer = await Customer.firstOrFail()
      assert.include(customer.$attributes, { taxIdKind: kind, entityType, locale: 'es' })
    })

  test('{0}: {1} is told at {2}')
    .with([
      ['CL', 'a RUT that may be both', 'entity_type', () => person({ tax_id: randomChileanRut() })],
      ['CO', 'a number without its kind', 'tax_id', () => person({ tax_id: '1020304050' })],
      [
        'CO',
        'a kind of another country',
        'tax_id_kind',
        () => person({ tax_id: '1020304050', tax_id_kind: 'CPF' }),
      ],
      ['AR', 'a CPF', 'tax_id', () => person({ tax_id: randomCpf() })],
      ['AR', 'a postal code', 'zip', () => person({ tax_id: randomCuit(), zip: '01310-100' })],
      ['UY', 'a phone', 'phone', () => person({ tax_id: randomCi(), phone: '123456' })],
      ['BR', 'half an address', 'street', () => person({ tax_id: randomCpf(), city: 'Recife' })],
    ] as const)
    .run(async ({ assert, client }, [country, , field, form]) => {
      const owner = await givenOwner(client, await givenTenantIn(country))
      const answer = await post(owner, '', form())
      answer.assertStatus(422)
      assert.include(answer.text(), `id="field-${field}-error"`)
      assert.lengthOf(await Customer.all(), 0)
    })

  test('outside Brazil what is known of an address is enough, its province a name', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client, await givenTenantIn('AR'))
    const address = { zip: 'c1043aaz', city: 'CABA', state: 'Ciudad Autónoma de Buenos Aires' }
    const phone = '(011) 4321-5678'
    await post(owner, '', person({ tax_id: randomCuit(), ...address, phone, number: 'S/N' }))
    const customer = await Customer.firstOrFail()
    assert.include(customer.$attributes, {
      postalCode: 'C1043AAZ',
      stateCode: 'Ciudad Autónoma de Buenos Aires',
      phone: '+541143215678',
      streetNumber: null,
    })
    const page = await get(owner, `/${customer.id}`)
    page.assertTextIncludes('Ciudad Autónoma de Buenos Aires')
  })

  test('keeps contact and language, and writes no history of a form that changes nothing', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client)
    const form = person({ tax_id: randomCpf(), contact: 'Rosa Lima', language: 'en' })
    await post(owner, '', form)
    const customer = await Customer.firstOrFail()
    assert.include(customer.$attributes, { contactName: 'Rosa Lima', locale: 'en' })

    const changed = { ...form, contact: 'Rosa Maria Lima' }
    await Promise.all(
      Array.from({ length: 50 }, () => post(owner, `/${customer.id}?_method=PUT`, changed))
    )
    const audits = await db.from('audit_entries').where('action', 'customer.changed')
    assert.lengthOf(audits, 1)
  })

  test('fifty identical posts make one customer', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const form = person({ tax_id: randomCpf() })
    await Promise.all(Array.from({ length: 50 }, () => post(owner, '', form)))
    assert.lengthOf(await Customer.all(), 1)
  })
})

test.group('Searching customers', () => {
  const found = async (tenant: Tenant, q: string) => {
    const { customers } = await customerListPage(tenant, { q })
    return customers.map(({ name }) => name)
  }

  test('finds by all words typed, without accents, in any order', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenCustomer(tenant, { name: "Perfumaria O'Boticário S/A", email: 'sac@boti.example' })
    await givenCustomer(tenant, { name: 'João Boticário', email: 'joao.b@example.com' })
    assert.deepEqual(await found(tenant, 'boticario'), [
      'João Boticário',
      "Perfumaria O'Boticário S/A",
    ])
    assert.deepEqual(await found(tenant, 'boti joão'), ['João Boticário'])
    assert.deepEqual(await found(tenant, 'sac@'), ["Perfumaria O'Boticário S/A"])
    assert.deepEqual(await found(tenant, 'maria'), [])
    assert.deepEqual(await found(tenant, '***'), [])
  })

  test('finds by the new name only, once it was changed', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const { id } = await givenCustomer(owner.tenant, { name: 'Velho Nome', email: 'v@example.com' })
    const address = { zip: '', street: '', district: '', city: '', state: '' }
    await post(owner, `/${id}?_method=PUT`, { ...person({ name: 'Novo Nome' }), ...address })
    assert.deepEqual(await found(owner.tenant, 'velho'), [])
    assert.deepEqual(await found(owner.tenant, 'novo'), ['Novo Nome'])
  })

  test('never finds what belongs to another tenant', async ({ assert }) => {
    const [tenant, other] = [await givenTenant(), await givenTenant()]
    const taxId = randomCpf()
    await givenCustomer(other, { name: 'Ana Souza', taxId })
    for (const q of ['ana', taxId, 'customer']) assert.deepEqual(await found(tenant, q), [])
  })

  test('pages through all, each once, also through more hits than are sorted', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    await givenManyNamed(tenant, 1100)
    for (const [q, hits] of [
      ['mar', 1100],
      ['maria 0000', 10],
      ['maria zoe', 1],
    ] as const) {
      const seen: string[] = []
      let page = await customerListPage(tenant, { q })
      for (;;) {
        seen.push(...page.customers.map(({ id }) => id))
        if (!page.next) break
        page = await customerListPage(tenant, Object.fromEntries(new URLSearchParams(page.next)))
      }
      assert.lengthOf(seen, hits, q)
      assert.lengthOf(new Set(seen), hits, q)
    }
  })
})

/** Rows straight into the tables: only the search is looked at. */
async function givenManyNamed(tenant: Tenant, count: number) {
  const template = await givenCustomer(tenant, { name: 'Zoe Maria', email: 'zoe@example.com' })
  const [{ ...row }] = await db.from('customers').where('tenant_id', tenant.id)
  const rows = Array.from({ length: count - 1 }, (_, at) => ({
    ...row,
    id: `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`,
    name: `Maria ${String(at).padStart(5, '0')}`,
    tax_id_index: String(at),
  }))
  for (let at = 0; at < rows.length; at += 100) {
    const some = rows.slice(at, at + 100)
    await db.table('customers').multiInsert(some)
    const words = some.flatMap(({ id, name }) =>
      name
        .toLowerCase()
        .split(' ')
        .map((word: string) => ({ tenant_id: tenant.id, word, customer_id: id }))
    )
    await db.table('customer_words').multiInsert(words)
  }
  return template
}

test.group("A customer's history", () => {
  test('tells in words what is owed and was paid', async ({ client }) => {
    await givenWebhookSecret()
    const owner = await givenOwner(client, await givenSeller())
    const customer = await givenCustomer(owner.tenant)
    const paid = await givenBoleto(owner.tenant, { customer, description: 'Curso pago' })
    await simulator.pay(paid.charge.providerPaymentId!)
    await drainWork()
    await givenBoleto(owner.tenant, { customer })
    await givenReceivable(owner.tenant, { customer })

    const page = await get(owner, `/${customer.id}`)

    page.assertTextIncludes('Deve R$\u00a0150,00 em 1 cobrança. Nada está vencido.')
    page.assertTextIncludes('Já pagou R$\u00a0150,00 em 1 cobrança.')
    page.assertTextIncludes('1 rascunho ainda não foi oferecido.')
    page.assertTextIncludes('Curso pago')
  })
})

/** The form with nothing taken over but what is named. */
const mergeForm = (other: Customer, taken: string[] = [], key = newPublicToken()) => ({
  _key: key,
  other: other.id,
  ...Object.fromEntries(
    mergeFields.map((field) => [`from[${field}]`, taken.includes(field) ? 'other' : 'kept'])
  ),
})

test.group('Merging two customers', () => {
  test('moves what hangs on the second, and takes of it what was chosen', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client, await givenSeller())
    const { tenant } = owner
    const [mine, theirs] = [randomCpf(), randomCpf()]
    const kept = await givenCustomer(tenant, { name: 'Ana Souza', taxId: mine, phone: null })
    const gone = await givenCustomer(tenant, {
      ...{ name: 'Ana S. Souza', taxId: theirs, phone: '+5511987654321' },
      ...{ street: 'Rua Nova', email: 'nova@example.com' },
    })
    const { receivable } = await givenBoleto(tenant, { customer: gone })

    const both = await get(owner, `/${kept.id}/merge?with=${gone.id}`)
    both.assertTextIncludes('Ana S. Souza')
    const answer = await post(
      owner,
      `/${kept.id}/merge`,
      mergeForm(gone, ['tax_id', 'phone', 'address'])
    )

    answer.assertStatus(303)
    await Promise.all([kept.refresh(), gone.refresh(), receivable.refresh()])
    assert.equal(receivable.customerId, kept.id)
    assert.include(kept.$attributes, {
      name: 'Ana Souza',
      phone: '+5511987654321',
      street: 'Rua Nova',
    })
    assert.equal(kept.taxId, theirs)
    assert.include(gone.$attributes, { mergedIntoId: kept.id, email: '', taxIdIndex: null })
    const { customers } = await customerListPage(tenant, { q: 'ana' })
    assert.deepEqual(
      customers.map(({ id }) => id),
      [kept.id]
    )
    const old = await get(owner, `/${gone.id}`).redirects(0)
    old.assertHeader('location', `/t/${tenant.slug}/customers/${kept.id}`)
    const payer = await client.get(`/p/${receivable.publicToken}`)
    payer.assertStatus(200)
    payer.assertTextIncludes('Ana S.')
    // The tax id that nobody chose is free again.
    await givenCustomer(tenant, { taxId: mine })
  })

  test('is refused with itself, another tenant’s, one that went, and to a cashier', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client)
    const [one, two, three] = [
      await givenCustomer(owner.tenant),
      await givenCustomer(owner.tenant),
      await givenCustomer(owner.tenant),
    ]
    const foreign = await givenCustomer(await givenTenant())
    await post(owner, `/${one.id}/merge`, mergeForm(two))
    for (const other of [one, two, foreign]) {
      const answer = await post(owner, `/${one.id}/merge`, mergeForm(other))
      assert.include(String(answer.flashMessage('error')), 'não podem ser juntados')
    }
    const into = await post(owner, `/${foreign.id}/merge`, mergeForm(one))
    assert.include(String(into.flashMessage('error')), 'não podem ser juntados')
    const { user } = await givenMember(owner.tenant, 'cashier')
    const cashier = await post({ ...owner, user }, `/${one.id}/merge`, mergeForm(three))
    cashier.assertStatus(403)
    assert.lengthOf(
      await Customer.query().whereNotNull('merged_into_id').whereNotNull('tenant_id'),
      1
    )
  })

  test('of a chain, every pointer leads to the one that stays', async ({ assert }) => {
    const tenant = await givenTenant()
    const [a, b, c] = [
      await givenCustomer(tenant),
      await givenCustomer(tenant),
      await givenCustomer(tenant),
    ]
    const merge = (kept: Customer, gone: Customer) =>
      new MergeCustomers(customerParts).handle({
        ...{ tenant, keptId: kept.id, goneId: gone.id, taken: [], actor: command },
      })
    await merge(b, a)
    await merge(c, b)
    await Promise.all([a.refresh(), b.refresh()])
    assert.deepEqual([a.mergedIntoId, b.mergedIntoId], [c.id, c.id])
  })

  test('fifty identical posts, and both ways at once, have one effect', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client)
    const [one, two] = [await givenCustomer(owner.tenant), await givenCustomer(owner.tenant)]
    const [there, back] = [mergeForm(two), mergeForm(one)]
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        at % 2 ? post(owner, `/${one.id}/merge`, there) : post(owner, `/${two.id}/merge`, back)
      )
    )
    const gone = await Customer.query()
      .where('tenant_id', owner.tenant.id)
      .whereNotNull('merged_into_id')
    assert.lengthOf(gone, 1)
    assert.lengthOf(await db.from('audit_entries').where('action', 'customer.merged'), 1)
  })

  test('while receivables are made for the one that goes, none is left behind', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const { id: storeId } = await defaultStore(tenant)
    for (let round = 0; round < 5; round++) {
      const [kept, gone] = [await givenCustomer(tenant), await givenCustomer(tenant)]
      const { dueOn, payUntil } = await givenReceivable(tenant, { customer: kept })
      const create = () =>
        new CreateReceivable().handle({
          ...{ tenant, customerId: gone.id, storeId, storeIds: null, actor: command },
          ...{ description: 'Perfume', amountMinor: 100_00, dueOn, payUntil },
        })
      const merge = () =>
        new MergeCustomers(customerParts).handle({
          ...{ tenant, keptId: kept.id, goneId: gone.id, taken: [], actor: command },
        })
      await Promise.all([create(), create(), merge(), create(), create()])
      const behind = await Receivable.query().where({ tenant_id: tenant.id, customer_id: gone.id })
      assert.lengthOf(behind, 0)
      const all = await Receivable.query().where({ tenant_id: tenant.id, customer_id: kept.id })
      assert.lengthOf(all, 5)
    }
  })

  test('moves the rows of every table that refers to customers', async ({ assert }) => {
    const isPostgres = db.connection().dialect.name === 'postgres'
    const result = await db.rawQuery(
      isPostgres
        ? `select conrelid::regclass::text as name from pg_constraint
           where contype = 'f' and confrelid = 'customers'::regclass`
        : `select distinct m.name from sqlite_master m join pragma_foreign_key_list(m.name) f
           where m.type = 'table' and f."table" = 'customers'`
    )
    const referring = rowsOf<{ name: string }>(result).map(({ name }) => name)
    // The pointer itself, and the words, which are made anew.
    const own = ['customers', 'customer_words']
    const moved = customerParts.flatMap(({ tables = [] }) => tables)
    assert.sameMembers(
      [...new Set(referring)].filter((name) => !own.includes(name)),
      moved
    )
  })
})

/** Every value of every table, as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await db.connection().getAllTables(['public'])
  const contents = await Promise.all(tables.map((table) => db.from(table)))
  return JSON.stringify(contents)
}

const eraseForm = (more: object = {}) => ({
  _key: newPublicToken(),
  password: PASSWORD,
  understood: 'true',
  ...more,
})

async function givenPaidCustomer(tenant: Tenant) {
  await givenWebhookSecret()
  const customer = await givenCustomer(tenant, {
    ...{ name: 'Zuleica Quaresma', email: 'zuleica@quaresma.example', phone: '+5511912345678' },
    ...{ contactName: 'Belarmino', street: 'Rua Inconfundível', taxId: '52998224725' },
  })
  const { receivable, charge } = await givenBoleto(tenant, { customer })
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
  return { customer, receivable, charge }
}

const TRACES = [
  'Zuleica',
  'zuleica',
  '5511912345678',
  'Belarmino',
  'Inconfund',
  '52998224725',
  '982.247',
]

test.group('Erasing a customer', () => {
  test('leaves no trace of the person, and the books as they were', async ({ assert, client }) => {
    const owner = await givenOwner(client, await givenSeller())
    const { customer, receivable } = await givenPaidCustomer(owner.tenant)
    const mail = { sender: 'a@b', recipients: 'Zuleica <zuleica@quaresma.example>', headers: {} }
    await KeptMail.create({ ...mail, subject: 'Recibo de Zuleica', html: null, text: 'Zuleica' })
    const index = customer.taxIdIndex!
    const ledger = await db.from('ledger_entries').orderBy('id')

    const answer = await post(owner, `/${customer.id}/erasure`, eraseForm())

    answer.assertStatus(303)
    const all = await wholeDatabase()
    for (const trace of [...TRACES, index]) assert.notInclude(all, trace)
    assert.deepEqual(await db.from('ledger_entries').orderBy('id'), ledger)
    const { isSound } = await new VerifyLedger().handle(postingChecks)
    assert.isTrue(isSound)
    for (const path of [`/${customer.id}`, '']) {
      const page = await get(owner, path)
      page.assertStatus(200)
    }
    const payer = await client.get(`/p/${receivable.publicToken}`)
    payer.assertStatus(200)
    for (const path of [`/${customer.id}/edit`, `/${customer.id}/data`]) {
      const page = await get(owner, path)
      page.assertStatus(404)
    }
    const audits = await db.from('audit_entries').where('action', 'customer.erased')
    assert.lengthOf(audits, 1)
    // The tax id may come again, as somebody new.
    await givenCustomer(owner.tenant, { taxId: '52998224725' })
  })

  test('is refused while something is open, and says what', async ({ assert, client }) => {
    const owner = await givenOwner(client, await givenSeller())
    const customer = await givenCustomer(owner.tenant)
    await givenReceivable(owner.tenant, { customer })
    await givenBoleto(owner.tenant, { customer })

    const page = await get(owner, `/${customer.id}`)
    page.assertTextIncludes('2 cobranças em rascunho ou ainda não quitadas')
    page.assertTextIncludes('1 forma de pagamento ainda oferecida')
    const answer = await post(owner, `/${customer.id}/erasure`, eraseForm())
    assert.include(String(answer.flashMessage('error')), 'ainda estão em aberto')
    await customer.refresh()
    assert.isNull(customer.erasedAt)
    assert.notEqual(customer.email, '')
  })

  test('wants the owner, the password and an understanding', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const customer = await givenCustomer(owner.tenant)
    const path = `/${customer.id}/erasure`
    const wrong = await post(owner, path, eraseForm({ password: 'not the password' }))
    assert.property(wrong.flashMessage('inputErrorsBag'), 'password')
    const careless = await post(owner, path, eraseForm({ understood: '' }))
    assert.property(careless.flashMessage('inputErrorsBag'), 'understood')
    const { user } = await givenMember(owner.tenant, 'manager')
    const manager = await post({ ...owner, user }, path, eraseForm())
    manager.assertStatus(403)
    const stranger = await givenOwner(client)
    await post(stranger, path, eraseForm())
    await customer.refresh()
    assert.isNull(customer.erasedAt)
  })

  test('fifty identical posts erase once', async ({ assert, client }) => {
    const owner = await givenOwner(client)
    const customer = await givenCustomer(owner.tenant)
    const form = eraseForm()
    await Promise.all(
      Array.from({ length: 50 }, () => post(owner, `/${customer.id}/erasure`, form))
    )
    assert.lengthOf(await db.from('audit_entries').where('action', 'customer.erased'), 1)
  }).timeout(120_000)

  test('a form that was open meanwhile does not bring the person back', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client)
    const customer = await givenCustomer(owner.tenant)
    await new EraseCustomer(customerParts).handle({ customer, actor: command })
    const answer = await post(
      owner,
      `/${customer.id}?_method=PUT`,
      person({ tax_id: randomCpf(), zip: '' })
    )
    answer.assertStatus(404)
    await customer.refresh()
    assert.equal(customer.email, '')
  })
})

test.group('customers:erase', () => {
  test('tells, erases, and says so the second time', async ({ assert }) => {
    const tenant = await givenTenant()
    const customer = await givenCustomer(tenant, { taxId: '52998224725' })
    const args = ['customers:erase', '--tenant', tenant.slug, '--json']
    const byId = ['--customer', customer.id]

    const dry = await aceProcess(...args, ...byId, '--dry-run').ended
    assert.equal(dry.exitCode, 0, dry.stderr)
    assert.include(JSON.parse(dry.stdout), { outcome: 'would_erase' })
    await customer.refresh()
    assert.isNull(customer.erasedAt)

    const input = '529.982.247-25\n'
    const argv = ['bin/ace.mjs', ...args, '--tax-id-stdin']
    const { status, stdout } = spawnSync(process.execPath, argv, { input, encoding: 'utf8' })
    assert.equal(status, 0)
    assert.deepEqual(JSON.parse(stdout), { customerId: customer.id, outcome: 'erased', open: [] })
    const again = await aceProcess(...args, ...byId).ended
    assert.equal(again.exitCode, 0)
    assert.include(JSON.parse(again.stdout), { outcome: 'erased_before' })
  })

  test('exits with 1 while something is open, with 2 when it is used wrongly', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const { customer } = await givenReceivable(tenant)
    const run = (...args: string[]) => aceProcess('customers:erase', ...args).ended
    const open = await run('--tenant', tenant.slug, '--customer', customer.id, '--json')
    assert.equal(open.exitCode, 1)
    assert.deepEqual(JSON.parse(open.stdout).open, [{ name: 'receivables', count: 1 }])
    const foreign = await givenCustomer(await givenTenant())
    const wrong = [
      ['--tenant', 'nobody', '--customer', customer.id],
      ['--tenant', tenant.slug, '--customer', foreign.id],
      ['--tenant', tenant.slug, '--customer', 'x'],
      ['--tenant', tenant.slug],
    ]
    for (const args of wrong) {
      const { exitCode } = await run(...args)
      assert.equal(exitCode, 2, args.join(' '))
    }
  }).timeout(120_000)
})

test.group("Exporting a person's data", () => {
  test('gives all of it, to owner and manager, and writes down that it did', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner(client, await givenSeller())
    const { customer, charge } = await givenPaidCustomer(owner.tenant)
    const path = `/${customer.id}/data`

    const json = await get(owner, `${path}?format=json`)
    const data = JSON.parse(json.text())
    assert.equal(data.customer.tax_id, 'CPF 52998224725')
    assert.equal(data.customer.street, 'Rua Inconfundível')
    assert.include(data.parts.receivables[0], { amount: '150.00', paid: '150.00', state: 'paid' })
    assert.lengthOf(data.parts.charges, 1)
    assert.include(data.parts.payments[0], { amount: '150.00', status: 'approved' })
    const csv = await get(owner, `${path}?format=csv`)
    csv.assertTextIncludes('Zuleica Quaresma')
    const page = await get(owner, path)
    page.assertTextIncludes('Rua Inconfundível')
    for (const text of [json.text(), csv.text(), page.text()]) {
      assert.notInclude(text, charge.providerPaymentId!)
      assert.notInclude(text, charge.externalReference)
      assert.notInclude(text, charge.collectorId)
    }

    const { user } = await givenMember(owner.tenant, 'cashier')
    const cashier = await get({ ...owner, user }, path)
    cashier.assertStatus(403)
    const stranger = await get(await givenOwner(client), path)
    stranger.assertStatus(404)
    const audits = await db.from('audit_entries').where('action', 'customer.exported')
    assert.lengthOf(audits, 3)
  })

  test('draws in the three languages, as do its neighbours', async ({ assert, client }) => {
    const owner = await givenOwner(client, await givenSeller())
    const { customer } = await givenPaidCustomer(owner.tenant)
    const other = await givenCustomer(owner.tenant)
    for (const locale of ['pt-BR', 'es', 'en']) {
      await owner.user.merge({ locale }).save()
      const paths = ['/data', '/data?format=csv', '', '/edit', '/merge', `/merge?with=${other.id}`]
      for (const path of paths) {
        const page = await get(owner, `/${customer.id}${path}`)
        page.assertStatus(200)
        assert.notInclude(page.text(), 'translation missing', `${locale} ${path}`)
      }
    }
  })
})
