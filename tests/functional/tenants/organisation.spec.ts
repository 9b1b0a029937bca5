import { test } from '@japa/runner'
import AuditEntry from '#app/core/models/audit_entry'
import { ChooseDefaultStore } from '#app/tenants/actions/choose_default_store'
import Store from '#app/tenants/models/store'
import { defaultStore, givenMember, givenStore, givenTenant, givenUser } from '#tests/support/given'
import { loggedIn, textOf } from '#tests/support/visitor'

async function givenOwner() {
  const { tenant, user } = await givenMember(await givenTenant(), 'owner')
  const visitor = await loggedIn(user)
  return { tenant, user, visitor, home: `/t/${tenant.slug}` }
}

test.group('Stores', () => {
  test('are created and renamed by an owner, and it is on record', async ({ assert }) => {
    const { tenant, user, visitor, home } = await givenOwner()
    await visitor.get(`${home}/stores`)
    const created = await visitor.post(`${home}/stores`, { name: ' Filial Centro ' })
    assert.equal(created.location, `${home}/stores`)
    assert.include(await textOf(visitor.get(`${home}/stores`)), 'Loja Filial Centro criada.')

    const store = await Store.query().where({ tenant_id: tenant.id, name: 'Filial Centro' }).first()
    await visitor.post(`${home}/stores/${store!.id}`, { name: 'Centro Velho' })
    await store!.refresh()
    assert.equal(store!.name, 'Centro Velho')
    const entries = await AuditEntry.query().where('tenant_id', tenant.id).orderBy('id')
    assert.deepEqual(
      entries.map(({ action, userId, subjectId }) => [action, userId, subjectId]),
      [
        ['store.created', user.id, store!.id],
        ['store.renamed', user.id, store!.id],
      ]
    )
  })

  test('are on record with an address, whatever a proxy forwards: {header}')
    .with([
      { header: '203.0.113.7', told: '203.0.113.7' },
      { header: '198.51.100.9, 203.0.113.7', told: '203.0.113.7' },
      { header: 'nonsense', told: '127.0.0.1' },
      { header: `${'x'.repeat(200)}, 10.1.2.3`, told: '10.1.2.3' },
      { header: `fe80::1%${'x'.repeat(60)}`, told: 'fe80::1' },
      { header: '::ffff:203.0.113.7', told: '::ffff:203.0.113.7' },
    ])
    .run(async ({ assert }, { header, told }) => {
      const { visitor, home } = await givenOwner()
      await visitor.get(`${home}/stores`)
      const forwarded = { 'x-forwarded-for': header }
      const created = await visitor.post(`${home}/stores`, { name: 'Filial' }, forwarded)
      assert.equal(created.location, `${home}/stores`)
      const { ip } = await AuditEntry.findByOrFail('action', 'store.created')
      assert.equal(ip, told)
    })

  test('have names of their own: another is refused at its field with "{message}"')
    .with([
      { name: 'Matriz', message: 'Já existe uma loja com este nome.' },
      { name: 'X', message: 'Use pelo menos 2 caracteres.' },
      { name: 'x'.repeat(121), message: 'Use no máximo 120 caracteres.' },
    ])
    .run(async ({ assert }, { name, message }) => {
      const { visitor, home } = await givenOwner()
      await visitor.get(`${home}/stores`)
      await visitor.post(`${home}/stores`, { name })
      const { text } = await visitor.get(`${home}/stores`)
      assert.include(text, message)
      assert.include(text, `value="${name}"`)
    })

  test('of two tenants may have the same name', async ({ assert }) => {
    await givenStore(await givenTenant(), 'Centro')
    const { tenant, visitor, home } = await givenOwner()
    await visitor.get(`${home}/stores`)
    await visitor.post(`${home}/stores`, { name: 'Centro' })
    assert.lengthOf(await Store.query().where({ tenant_id: tenant.id, name: 'Centro' }), 1)
  })

  test('have exactly one default, also when two are chosen at once', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwner()
    const [one, two] = [await givenStore(tenant), await givenStore(tenant)]
    await visitor.get(`${home}/stores`)
    await visitor.post(`${home}/stores/${one.id}/default`)
    const chosen = await defaultStore(tenant)
    assert.equal(chosen.id, one.id)

    const actor = { kind: 'worker' } as const
    const choose = (store: Store) => new ChooseDefaultStore().handle({ store, actor })
    await Promise.all([choose(one), choose(two), choose(one), choose(two)])
    const defaults = await Store.query().where({ tenant_id: tenant.id, is_default: true })
    assert.lengthOf(defaults, 1)
  })
})

test.group('Settings', () => {
  const settings = {
    tradeName: 'Jasmim & Cia',
    statementDescriptor: 'JASMIM',
    locale: 'es',
    timeZone: 'America/Manaus',
  }

  test('are changed by an owner; the audit log holds what differed', async ({ assert }) => {
    const { tenant, user, visitor, home } = await givenOwner()
    const { slug, tradeName } = tenant
    await visitor.get(`${home}/settings`)
    await visitor.post(`${home}/settings`, settings)
    await tenant.refresh()
    assert.containSubset(tenant.$attributes, { ...settings, slug })
    const [entry, ...others] = await AuditEntry.query().where('tenant_id', tenant.id)
    assert.isEmpty(others)
    assert.containSubset(entry.$attributes, { action: 'tenant.settings_changed', userId: user.id })
    assert.deepEqual(entry.details as unknown, {
      before: {
        tradeName,
        statementDescriptor: null,
        locale: 'pt-BR',
        timeZone: 'America/Sao_Paulo',
      },
      after: settings,
    })
    const { tradeName: name, locale, timeZone } = settings
    await visitor.post(`${home}/settings`, { tradeName: name, locale, timeZone })
    await tenant.refresh()
    assert.equal(tenant.descriptor, 'JASMIM CIA')
  })

  test('clean what card statements will say', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwner()
    const texts = { 'Açaí do Zé!': 'ACAI DO ZE', ' --- ': null, '24h-café': '24H CAFE' }
    for (const [typed, kept] of Object.entries(texts)) {
      await visitor.get(`${home}/settings`)
      await visitor.post(`${home}/settings`, { ...settings, statementDescriptor: typed })
      await tenant.refresh()
      assert.equal(tenant.statementDescriptor, kept, typed)
    }
    await visitor.get(`${home}/settings`)
    await visitor.post(`${home}/settings`, { ...settings, statementDescriptor: 'FOURTEEN CHARS' })
    await tenant.refresh()
    assert.equal(tenant.statementDescriptor, '24H CAFE')
  })

  test('unchanged leave no trace', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwner()
    await visitor.get(`${home}/settings`)
    const { tradeName, locale, timeZone } = tenant
    await visitor.post(`${home}/settings`, { tradeName, locale, timeZone })
    assert.isEmpty(await AuditEntry.all())
  })

  test('take nothing that an owner does not decide', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwner()
    const before = { ...tenant.$attributes }
    await visitor.get(`${home}/settings`)
    await visitor.post(`${home}/settings`, {
      ...settings,
      state: 'closed',
      mode: 'connected',
      currency: 'ARS',
      slug: 'mine',
      taxIdMasked: 'x',
      tenantId: 'x',
    })
    const { $attributes: after } = await tenant.refresh()
    for (const name of ['state', 'mode', 'currency', 'slug', 'taxIdMasked', 'id']) {
      assert.equal(after[name], before[name], name)
    }
  })
})

test.group('Members', () => {
  test('are listed with their roles and stores', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwner()
    const store = await givenStore(tenant, 'Shopping')
    const cashier = await givenUser({ fullName: 'Bruno <b>Lima</b>' })
    await givenMember(tenant, 'cashier', [store], cashier)
    const { text } = await visitor.get(`${home}/members`)
    assert.match(text, /Bruno &lt;b&gt;Lima[^]*Caixa[^]*Shopping/)
  })
})
