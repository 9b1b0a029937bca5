import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import Charge from '#app/receivables/models/charge'
import Customer from '#app/receivables/models/customer'
import type ImportRun from '#app/receivables/models/import_run'
import Receivable from '#app/receivables/models/receivable'
import { badLinesPage } from '#app/receivables/queries/imports'
import { receivableList } from '#app/receivables/queries/receivable_list'
import type { Role } from '#app/tenants/models/membership'
import type Store from '#app/tenants/models/store'
import { defaultStore, givenMember, givenStore, givenTenant } from '#tests/support/given'
import {
  checked,
  confirmed,
  postTo,
  RECEIVABLES_HEADING as HEADING,
  type Importer,
} from '#tests/support/imports'
import { givenCustomer, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { randomCpf } from '#tests/support/tax_ids'
import { drainWork } from '#tests/support/work'

interface Given {
  role?: Role
  stores?: Store[]
  tenant?: Importer['tenant']
}

async function givenImporter(client: ApiClient, given: Given = {}): Promise<Importer> {
  const tenant = given.tenant ?? (await givenTenant())
  const { user } = await givenMember(tenant, given.role ?? 'manager', given.stores)
  return { client, tenant, user, kind: 'receivables' }
}

const inDays = ({ tenant }: Importer, days: number) =>
  DateTime.fromISO(clock.today(tenant.timeZone)).plus({ days })

const file = (heading: string, ...lines: string[][]) =>
  [heading, ...lines.map((cells) => cells.join(';'))].join('\n')

const all = ({ tenant }: Importer) =>
  Receivable.query().where('tenant_id', tenant.id).preload('customer').orderBy('description')

const rulesOf = async (run: ImportRun) => {
  const { lines } = await badLinesPage(run)
  return lines.map(({ line, problems }) => [
    line,
    ...problems.map(({ column, rule }) => `${column ?? ''}:${rule}`),
  ])
}

test.group('An import of receivables', () => {
  test('makes receivables of known customers and of new ones, as the file says', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const { tenant } = importer
    const branch = await givenStore(tenant, 'Filial Açaí')
    const known = await givenCustomer(tenant, { taxId: randomCpf(), name: 'Ana Souza' })
    const due = inDays(importer, 10)
    const heading =
      'Referência;CPF ou CNPJ;Descrição;Valor;Vencimento;Pode ser paga até;Loja;Multa %;Cliente;E-mail'
    const day = due.toFormat('dd/MM/yyyy')
    const iso = due.plus({ days: 5 }).toISODate()!
    const run = await checked(
      importer,
      file(
        heading,
        ['NF-1', known.taxId, 'Perfume', '1.234,56', day, iso, 'filial acai', '2', 'Other', 'x'],
        ['', randomCpf(), 'Colônia', '1234.5', due.toISODate()!, '', '', '', 'Bia Lima', 'b@x.co']
      )
    )
    assert.deepEqual(await rulesOf(run), [])
    assert.lengthOf(await all(importer), 0)

    const done = await confirmed(importer, run, {})

    assert.include(done.$attributes, { state: 'done', createdCount: 2, skippedCount: 0 })
    const [cologne, perfume] = await all(importer)
    assert.include(perfume.$attributes, {
      ...{ reference: 'NF-1', importKey: null, description: 'Perfume', amountMinor: 1234_56 },
      ...{ dueOn: due.toISODate(), payUntil: iso, finePercent: '2.00', state: 'draft' },
      ...{ storeId: branch.id, customerId: known.id, createdBy: importer.user.id },
    })
    assert.equal(perfume.customer.name, 'Ana Souza')
    assert.include(cologne.$attributes, { amountMinor: 1234_50, payUntil: due.toISODate() })
    const main = await defaultStore(tenant)
    assert.equal(cologne.storeId, main.id)
    assert.include(cologne.customer.$attributes, { name: 'Bia Lima', email: 'b@x.co' })
    assert.lengthOf(await Charge.query().whereNotNull('tenant_id'), 0)
    for (const text of ['nf-1', 'perf', 'ana']) {
      const { receivables } = await receivableList({
        ...{ tenant, storeIds: null, search: { text, locale: 'pt-BR' } },
      })
      assert.deepEqual(
        receivables.map(({ id }) => id),
        [perfume.id],
        text
      )
    }
    const audits = await db.from('audit_entries').where('action', 'receivable.created')
    assert.lengthOf(audits, 2)
  })

  test('tells what is wrong with each line by its number, and imports nothing', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const other = await givenImporter(client)
    await givenStore(other.tenant, 'Elsewhere')
    const foreign = await givenCustomer(other.tenant, { taxId: randomCpf() })
    const { taxId } = await givenCustomer(importer.tenant, { taxId: randomCpf() })
    const [day, past] = [inDays(importer, 3).toISODate()!, inDays(importer, -1).toISODate()!]
    const far = inDays(importer, 60).toISODate()!
    const line = (values: Partial<Record<string, string>>) => {
      const cells = { taxId, description: 'Item', amount: '10,00', due: day, ...values }
      const { reference = '', until = '', store = '', name = '', email = '' } = values
      return [
        ...[reference, cells.taxId!, cells.description!, cells.amount!, cells.due!],
        ...[until, store, name, email],
      ]
    }

    const run = await checked(
      importer,
      file(
        HEADING,
        line({ reference: 'A' }),
        line({ amount: '0' }),
        line({ amount: '1.23.4', due: '31/02/2027' }),
        line({ due: past }),
        line({ until: past }),
        line({ until: far }),
        line({ store: 'Elsewhere' }),
        line({ taxId: foreign.taxId }),
        line({ taxId: randomCpf(), name: 'Ana', email: 'x' }),
        line({ taxId: '123' }),
        line({ reference: 'A', amount: '99' }),
        line({ description: '' }),
        line({ amount: '11' }),
        line({ amount: '11,00' })
      )
    )

    assert.deepEqual(await rulesOf(run), [
      [3, 'amount:amount'],
      [4, 'amount:amount', 'due_on:date'],
      [5, 'due_on:date_past'],
      [6, 'pay_until:receivables.pay_until_before_due'],
      [7, 'pay_until:receivables.pay_until_too_late'],
      [8, 'store:store_unknown'],
      [9, 'tax_id:customer_unknown'],
      [10, 'name:full_name', 'email:email'],
      [11, 'tax_id:tax_id'],
      [12, ':doubled_receivable'],
      [13, 'description:required'],
      [15, ':doubled_receivable'],
    ])
    const path = `/t/${importer.tenant.slug}/imports/${run.id}`
    await postTo(importer, `${path}/confirmation`, {})
    await drainWork()
    assert.lengthOf(await all(importer), 0)
    const said = { 'pt-BR': 'não existe', 'es': 'no existe', 'en': 'no such store' }
    for (const [locale, text] of Object.entries(said)) {
      await importer.user.merge({ locale }).save()
      const page = await client.get(path).loginAs(importer.user)
      page.assertTextIncludes(text)
      assert.notInclude(page.text(), 'translation missing')
    }
  })

  test('repeated, changes nothing, also when its days are over', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const day = inDays(importer, 3).toISODate()!
    const content = file(
      HEADING,
      ['R-1', randomCpf(), 'One', '10,00', day, '', '', 'Ana Souza', 'ana@example.com'],
      ['', randomCpf(), 'Two', '20,00', day, '', '', 'Bia Lima', 'bia@example.com']
    )
    await confirmed(importer, await checked(importer, content), {})
    const before = [await db.from('receivables').orderBy('id'), await db.from('customers')]
    await simulator.advance({ days: 30 })

    const again = await checked(importer, content)
    assert.include(again.$attributes, { linesTotal: 2, linesBad: 0, linesKnown: 2 })
    const done = await confirmed(importer, again, { 'methods[]': 'pix' })

    assert.include(done.$attributes, { state: 'done', createdCount: 0, skippedCount: 2 })
    assert.deepEqual(
      [await db.from('receivables').orderBy('id'), await db.from('customers')],
      before
    )
    assert.lengthOf(await Charge.query().whereNotNull('tenant_id'), 0)
    const changed = await checked(importer, content.replace('10,00', '11,00'))
    assert.deepEqual(await rulesOf(changed), [[2, ':reference_taken']])
  })

  test("knows a cashier's own stores, files and customers only", async ({ assert, client }) => {
    const tenant = await givenTenant()
    const own = await givenStore(tenant, 'Own')
    const cashier = await givenImporter(client, { tenant, role: 'cashier', stores: [own] })
    const owner = await givenImporter(client, { tenant, role: 'owner' })
    const { taxId } = await givenCustomer(tenant, { taxId: randomCpf() })
    const day = inDays(cashier, 3).toISODate()!
    const newcomer = ['', randomCpf(), 'Item', '10', day, '', '', 'Ana Souza', 'ana@example.com']

    const bad = await checked(
      cashier,
      file(HEADING, ['', taxId, 'Item', '10', day, '', 'Matriz'], newcomer)
    )
    assert.deepEqual(await rulesOf(bad), [
      [2, 'store:store_unknown'],
      [3, 'tax_id:customer_missing'],
    ])
    await postTo(cashier, `/t/${tenant.slug}/imports/${bad.id}/discard`, {})
    const good = file(HEADING, ['', taxId, 'Item', '10', day])
    await confirmed(cashier, await checked(cashier, good), {})
    const [made] = await all(cashier)
    assert.equal(made.storeId, own.id)

    const foreign = await checked(owner, file(HEADING, newcomer))
    const path = `/t/${tenant.slug}/imports/${foreign.id}`
    const page = await client.get(path).loginAs(cashier.user)
    page.assertStatus(404)
    const confirmation = await postTo(cashier, `${path}/confirmation`, {})
    confirmation.assertStatus(404)
    const home = await client.get(`/t/${tenant.slug}/imports/receivables/new`).loginAs(cashier.user)
    assert.notInclude(home.text(), foreign.id)
    assert.include(home.text(), bad.id)
  })

  test('offers the chosen ways, once, and says which lines it could not offer', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller()
    const importer = await givenImporter(client, { tenant })
    const whole = await givenCustomer(tenant, { taxId: randomCpf() })
    const without = { postalCode: null, street: null, district: null, city: null, stateCode: null }
    const homeless = await givenCustomer(tenant, { taxId: randomCpf(), ...without })
    const day = inDays(importer, 5).toISODate()!
    const run = await checked(
      importer,
      file(
        HEADING,
        ['A', whole.taxId, 'One', '10,00', day],
        ['B', homeless.taxId, 'Two', '20,00', day]
      )
    )
    const page = await client.get(`/t/${tenant.slug}/imports/${run.id}`).loginAs(importer.user)
    page.assertTextIncludes('methods[]')

    await confirmed(importer, run, { 'methods[]': 'boleto', 'mail': 'on' })

    const [one, two] = await all(importer)
    assert.equal(one.state, 'open')
    assert.equal(two.state, 'draft')
    const charges = await Charge.query().where('tenant_id', tenant.id)
    assert.deepEqual(
      charges.map(({ receivableId, state }) => [receivableId, state]),
      [[one.id, 'pending']]
    )
    assert.deepEqual(await rulesOf(run), [[3, ':receivables.customer_address_missing']])
    const sent = await db.from('sendings').where('tenant_id', tenant.id)
    assert.deepEqual(
      sent.map(({ reference }) => reference),
      [`import:${one.id}`]
    )
    for (const locale of ['pt-BR', 'es', 'en']) {
      await importer.user.merge({ locale }).save()
      const shown = await client.get(`/t/${tenant.slug}/imports/${run.id}`).loginAs(importer.user)
      assert.include(shown.text(), 'not-offered')
      assert.notInclude(shown.text(), 'translation missing')
    }
    // As after a worker that died before it said that it was done.
    await db.from('outbox_effects').update({ state: 'waiting', lease_token: null })
    await drainWork()
    assert.lengthOf(await Charge.query().where('tenant_id', tenant.id), 1)
    assert.lengthOf(await db.from('sendings').where('tenant_id', tenant.id), 1)
  })

  test('follows a customer who was merged, and leaves out one who was erased, meanwhile', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const { tenant } = importer
    const [gone, kept, erased] = await Promise.all(
      [1, 2, 3].map(() => givenCustomer(tenant, { taxId: randomCpf() }))
    )
    const day = inDays(importer, 5).toISODate()!
    const run = await checked(
      importer,
      file(
        HEADING,
        ['A', gone.taxId, 'One', '10,00', day],
        ['B', erased.taxId, 'Two', '20,00', day]
      )
    )
    const nobody = { taxIdIndex: null, taxIdCiphertext: null }
    await gone.merge({ ...nobody, mergedIntoId: kept.id }).save()
    await erased.merge({ ...nobody, erasedAt: clock.now() }).save()

    const done = await confirmed(importer, run, {})

    assert.include(done.$attributes, { createdCount: 1, skippedCount: 1 })
    const [made] = await all(importer)
    assert.equal(made.customerId, kept.id)
    assert.lengthOf(await Customer.query().where('tenant_id', tenant.id), 3)
  })
})
