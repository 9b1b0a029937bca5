import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import { DiscardOldImports } from '#app/receivables/actions/discard_import'
import Customer from '#app/receivables/models/customer'
import ImportRun from '#app/receivables/models/import_run'
import { badLinesPage } from '#app/receivables/queries/imports'
import { givenMember, givenTenant } from '#tests/support/given'
import {
  checked,
  confirmed,
  customersFile,
  HEADING,
  postTo,
  sendFile,
  type Importer,
} from '#tests/support/imports'
import { givenCustomer } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { randomCnpj, randomCpf } from '#tests/support/tax_ids'
import { drainWork } from '#tests/support/work'

async function givenImporter(client: ApiClient): Promise<Importer> {
  const tenant = await givenTenant()
  const { user } = await givenMember(tenant, 'manager')
  return { client, tenant, user }
}

const names = async () => {
  const customers = await Customer.query().whereNotNull('tenant_id').orderBy('name')
  return customers.map(({ name }) => name)
}

const rulesOf = async (run: ImportRun) => {
  const { lines } = await badLinesPage(run)
  return lines.map(({ line, problems }) => [
    line,
    ...problems.map(({ column, rule }) => `${column ?? ''}:${rule}`),
  ])
}

/** Rows that hold what was in a file. */
async function leftovers() {
  const tables = ['import_chunks', 'import_rows']
  const rows = await Promise.all(tables.map((table) => db.from(table)))
  return rows.map(({ length }) => length)
}

test.group('An import of customers', () => {
  test('saves nothing before it is confirmed, and all of it after', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const cnpj = randomCnpj({ alphanumeric: true })
    const file = [
      'Nome,CPF ou CNPJ,E-mail,Celular,CEP,Rua,Número,Bairro,Cidade,UF,Idioma,Contato',
      `"Silva, Ana",${randomCpf()},ANA@example.com,(11) 98765-4321,01310-100,Av. Paulista,s/n,Bela Vista,São Paulo,sp,es,`,
      `Casa das Flores Ltda,${cnpj},flores@example.com,,,,,,,,,Rosa`,
    ].join('\r\n')

    const run = await checked(importer, file)

    assert.include(run.$attributes, { state: 'checked', linesTotal: 2, linesBad: 0, linesKnown: 0 })
    assert.lengthOf(await Customer.all(), 0)
    const page = await client
      .get(`/t/${importer.tenant.slug}/imports/${run.id}`)
      .loginAs(importer.user)
    page.assertTextIncludes('Importar 2 linhas')

    const done = await confirmed(importer, run)

    assert.include(done.$attributes, { state: 'done', createdCount: 2 })
    const [company, ana] = await Customer.query().orderBy('name')
    assert.include(ana.$attributes, {
      name: 'Silva, Ana',
      email: 'ana@example.com',
      phone: '+5511987654321',
      postalCode: '01310100',
      streetNumber: null,
      stateCode: 'SP',
      locale: 'es',
      entityType: 'individual',
    })
    assert.include(company.$attributes, { entityType: 'association', contactName: 'Rosa' })
    assert.equal(company.taxId, cnpj)
    assert.deepEqual(await leftovers(), [0, 0])
  })

  test('tells every bad line by number, and is imported whole or not at all', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const taxId = randomCpf()
    const file = [
      HEADING + ';estado;telefone',
      `Boa Linha;${taxId};boa@example.com;;`,
      `Ana;123;not-an-address;;`,
      '',
      `"Zwei\nZeilen";${randomCpf()};zwei@example.com;SP;`,
      `Outra Vez;${taxId};outra@example.com;;12`,
      `Gut Gut;${randomCpf()};gut@example.com;;;;too;many`,
      `;;;;`,
      `Sem Documento;;sem@example.com;;`,
    ].join('\n')

    const run = await checked(importer, file)

    assert.deepEqual(await rulesOf(run), [
      [3, 'name:full_name', 'email:email', 'tax_id:tax_id'],
      [
        5,
        'name:printable',
        'zip:required',
        'street:required',
        'district:required',
        'city:required',
      ],
      [7, 'phone:phone'],
      [8, ':too_many_cells'],
      [10, 'tax_id:required'],
    ])
    assert.equal(run.linesTotal, 6)
    const refused = await postTo(
      importer,
      `/t/${importer.tenant.slug}/imports/${run.id}/confirmation`,
      { existing: 'update' }
    )
    assert.include(String(refused.flashMessage('error')), 'não pode mais ser importado')
    await drainWork()
    assert.lengthOf(await Customer.all(), 0)
  })

  test('says what is wrong in three languages, on the page and as a file', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const taxId = randomCpf()
    const lines = [`Ana;1;x`, `A B;${taxId};a@b.co`, `A C;${taxId};a@b.co`]
    const run = await checked(importer, [HEADING, ...lines].join('\n'))
    const path = `/t/${importer.tenant.slug}/imports/${run.id}`
    const said: Record<string, string> = {
      'pt-BR': 'Igual à linha 3',
      'es': 'Igual a la línea 3',
      'en': 'The same as line 3',
    }
    for (const [locale, text] of Object.entries(said)) {
      await importer.user.merge({ locale }).save()
      const page = await client.get(path).loginAs(importer.user)
      page.assertTextIncludes(text)
      assert.notInclude(page.text(), 'translation missing')
      const file = await client.get(`${path}/problems.csv`).loginAs(importer.user)
      file.assertTextIncludes(text)
      assert.lengthOf(file.text().trim().split('\r\n'), 3)
    }
  })

  test('keeps nothing of what was in a bad line', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const run = await checked(importer, `${HEADING}\nJoaquim;98765;secret@`)
    assert.equal(run.linesBad, 1)
    for (const table of ['import_problems', 'import_runs', 'audit_entries', 'outbox_effects']) {
      const text = JSON.stringify(await db.from(table))
      for (const value of ['Joaquim', '98765', 'secret@']) assert.notInclude(text, value, table)
    }
  })

  test('repeated, updates or skips who is there already, as was chosen', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const [taxId, other] = [randomCpf(), randomCpf()]
    const known = await givenCustomer(importer.tenant, {
      taxId,
      name: 'Old Name',
      phone: '+5511900000000',
    })
    const file = `${HEADING}\nNew Name;${taxId};new@example.com\nSome Body;${other};some@example.com`

    const first = await checked(importer, file)
    assert.equal(first.linesKnown, 1)
    const skipped = await confirmed(importer, first, { existing: 'skip' })
    assert.include(skipped.$attributes, { createdCount: 1, skippedCount: 1, updatedCount: 0 })
    assert.deepEqual(await names(), ['Old Name', 'Some Body'])

    const again = await checked(importer, file)
    const updated = await confirmed(importer, again, { existing: 'update' })
    assert.include(updated.$attributes, { createdCount: 0, skippedCount: 0, updatedCount: 2 })
    assert.deepEqual(await names(), ['New Name', 'Some Body'])
    await known.refresh()
    assert.equal(known.phone, '+5511900000000')
    assert.equal(known.street, 'Avenida Paulista')
    assert.equal(known.taxId, taxId)
  })

  test('meets who came in between the dry run and its confirming', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const taxId = randomCpf()
    const run = await checked(importer, `${HEADING}\nFrom File;${taxId};file@example.com`)
    assert.equal(run.linesKnown, 0)
    await givenCustomer(importer.tenant, { taxId, name: 'Typed Meanwhile' })

    const done = await confirmed(importer, run, { existing: 'skip' })

    assert.include(done.$attributes, { state: 'done', createdCount: 0, skippedCount: 1 })
    assert.deepEqual(await names(), ['Typed Meanwhile'])
  })

  test('reads {0}')
    .with([
      ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
      ['what Excel saves as CSV', (text: string) => Buffer.from(text, 'latin1')],
      ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
      ['tabs', (text: string) => Buffer.from(text.replaceAll(';', '\t'))],
      ['commas', (text: string) => Buffer.from(text.replaceAll(';', ','))],
      ['old line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r'))],
    ] as const)
    .run(async ({ assert, client }, [, encode]) => {
      const importer = await givenImporter(client)
      const text = `"Nome";"CPF";"E-mail"\nJoão Conceição;${randomCpf()};joao@example.com`
      const run = await checked(importer, encode(text))
      await confirmed(importer, run)
      assert.deepEqual(await names(), ['João Conceição'])
    })

  test('takes its own template, in every language', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    for (const locale of ['pt-BR', 'es', 'en']) {
      await importer.user.merge({ locale }).save()
      const path = `/t/${importer.tenant.slug}/imports/customers/template.csv`
      const template = await client.get(path).loginAs(importer.user)
      const run = await checked(importer, template.text())
      assert.include(run.$attributes, { state: 'checked', linesTotal: 1, linesBad: 0 }, locale)
      assert.deepEqual(run.ignoredColumns, [])
      await postTo(importer, `/t/${importer.tenant.slug}/imports/${run.id}/discard`, {})
    }
  })

  test('says of the whole file that {0}')
    .with([
      ['columns are missing', 'nome;telefone\nAna Souza;1', 'columns_missing'],
      ['a column is there twice', 'nome;cpf;email;e-mail\nA B;1;a;b', 'columns_doubled'],
      ['it has no line', HEADING, 'no_lines'],
      ['its heading never ends', `"${HEADING}`, 'columns_missing'],
    ])
    .run(async ({ assert, client }, [, file, reason]) => {
      const importer = await givenImporter(client)
      const run = await checked(importer, file)
      assert.equal(run.state, 'unreadable')
      assert.equal(run.problem?.reason, reason)
      assert.deepEqual(await leftovers(), [0, 0])
      const page = await client
        .get(`/t/${importer.tenant.slug}/imports/${run.id}`)
        .loginAs(importer.user)
      page.assertStatus(200)
      page.assertTextIncludes('não pode ser importado')
    })

  test('names the line where a quotation mark is never closed', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const good = `Ana Souza;${randomCpf()};ana@example.com`
    const run = await checked(importer, `${HEADING}\n${good}\n"Bia;${randomCpf()};b@example.com\n`)
    assert.deepEqual(await rulesOf(run), [[3, ':quotes']])
    assert.equal(run.linesTotal, 2)
  })

  test('names the line that never ends', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const file = `${customersFile(2)}\n${'x'.repeat(30_000)}\nAna Souza;1;a@example.com`
    const run = await checked(importer, file)
    assert.deepEqual(await rulesOf(run), [[4, ':line_too_long']])
  })

  test('refuses at its field {0}')
    .with([
      ['an empty file', ''],
      ['nothing but spaces', '  \n  '],
      ['a spreadsheet', Buffer.from('504b0304140006000800', 'hex')],
      ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      ['more than it takes', Buffer.alloc(21 * 1024 * 1024, 'a;b;c\n')],
    ] as const)
    .run(async ({ assert, client }, [, content]) => {
      const importer = await givenImporter(client)
      const answer = await sendFile(importer, content as Buffer)
      assert.equal(answer.status(), 303)
      const errors = (answer.flashMessage('inputErrorsBag') ?? {}) as Record<string, string[]>
      assert.lengthOf(errors.file ?? [], 1)
      assert.lengthOf(await ImportRun.all(), 0)
    })

  test('wants a file, the form’s token and a role', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const path = `/t/${importer.tenant.slug}/imports/customers`
    const none = await client
      .post(path)
      .loginAs(importer.user)
      .withCsrfToken()
      .redirects(0)
      .field('_key', newPublicToken())
    assert.property(none.flashMessage('inputErrorsBag'), 'file')
    const forged = await client
      .post(path)
      .loginAs(importer.user)
      .redirects(0)
      .field('_key', newPublicToken())
      .file('file', Buffer.from(customersFile(1)), { filename: 'a.csv' })
    forged.assertStatus(419)
    const { user } = await givenMember(importer.tenant, 'cashier')
    const cashier = await sendFile({ ...importer, user }, customersFile(1))
    cashier.assertStatus(403)
    const stranger = await client.post(path).redirects(0).field('a', 'b')
    stranger.assertStatus(302)
    assert.lengthOf(await ImportRun.all(), 0)
  })

  test('of another tenant is as missing as one that never was', async ({ client }) => {
    const importer = await givenImporter(client)
    const run = await checked(importer, customersFile(1))
    const other = await givenImporter(client)
    const missing = '01890000-0000-7000-8000-000000000000'
    for (const id of [run.id, missing]) {
      const path = `/t/${other.tenant.slug}/imports/${id}`
      const page = await client.get(path).loginAs(other.user)
      page.assertStatus(404)
      const file = await client.get(`${path}/problems.csv`).loginAs(other.user)
      file.assertStatus(404)
      const confirm = await postTo(other, `${path}/confirmation`, { existing: 'skip' })
      confirm.assertStatus(404)
      const discard = await postTo(other, `${path}/discard`, {})
      discard.assertStatus(404)
    }
  })

  test('one at a time: the second file waits until the first has ended', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const run = await checked(importer, customersFile(1))
    const second = await sendFile(importer, customersFile(1))
    assert.property(second.flashMessage('inputErrorsBag'), 'file')
    await postTo(importer, `/t/${importer.tenant.slug}/imports/${run.id}/discard`, {})
    await checked(importer, customersFile(1))
    await run.refresh()
    assert.equal(run.state, 'discarded')
    assert.lengthOf(await ImportRun.all(), 2)
  })

  test('discarded, or forgotten for a day, it leaves nothing behind', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    const run = await checked(importer, customersFile(3))
    assert.deepEqual(await leftovers(), [0, 3])
    await new DiscardOldImports().handle()
    assert.deepEqual(await leftovers(), [0, 3])
    await simulator.advance({ days: 2 })
    await new DiscardOldImports().handle()
    assert.deepEqual(await leftovers(), [0, 0])
    const late = await postTo(
      importer,
      `/t/${importer.tenant.slug}/imports/${run.id}/confirmation`,
      { existing: 'skip' }
    )
    assert.include(String(late.flashMessage('error')), 'não pode mais')
  })

  test('fifty identical posts of each of its forms have one effect', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const file = customersFile(3)
    const key = newPublicToken()
    const fifty = <T>(post: () => Promise<T>) => Promise.all(Array.from({ length: 50 }, post))

    await fifty(() => sendFile(importer, file, { key }))
    const runs = await ImportRun.all()
    assert.lengthOf(runs, 1)
    await drainWork()
    const path = `/t/${importer.tenant.slug}/imports/${runs[0].id}`
    await fifty(async () => await postTo(importer, `${path}/confirmation`, { existing: 'update' }))
    await drainWork()
    await runs[0].refresh()
    assert.include(runs[0].$attributes, { state: 'done', createdCount: 3, updatedCount: 0 })
    assert.lengthOf(await Customer.all(), 3)
    const audits = await db.from('audit_entries').where('action', 'like', 'import.%')
    assert.lengthOf(audits, 3)

    const next = await checked(importer, customersFile(1))
    const answers = await fifty(
      async () =>
        await postTo(importer, `/t/${importer.tenant.slug}/imports/${next.id}/discard`, {})
    )
    assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [303])
    assert.lengthOf(await db.from('audit_entries').where('action', 'import.discarded'), 1)
  }).timeout(120_000)
})
