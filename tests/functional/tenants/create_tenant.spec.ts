import { test } from '@japa/runner'
import AuditEntry from '#app/core/models/audit_entry'
import { blindIndex, open, purposeOf } from '#app/core/vault'
import { CreateTenant, type CreateTenantInput } from '#app/tenants/actions/create_tenant'
import { InvalidTaxId, TaxIdTaken } from '#app/tenants/errors'
import Tenant, { IllegalTenantTransition } from '#app/tenants/models/tenant'
import { givenTenant, givenUser } from '#tests/support/given'
import { randomCnpj } from '#tests/support/tax_ids'

const create = (values: Partial<CreateTenantInput> = {}) =>
  new CreateTenant().handle({
    legalName: 'Jasmim Comércio de Perfumes Ltda',
    tradeName: 'Perfumaria Jasmim',
    country: 'BR',
    taxIdKind: 'CNPJ',
    taxId: randomCnpj(),
    actor: { kind: 'command' },
    ...values,
  })

test.group('A new tenant', () => {
  test('has its country’s currency, a slug, a default store and its owner', async ({ assert }) => {
    const owner = await givenUser()
    const tenant = await create({ ownerId: owner.id, storeName: 'Matriz' })
    await tenant.load('stores')
    await tenant.load('entitlement')
    assert.containSubset(tenant.$attributes, {
      slug: 'perfumaria-jasmim',
      currency: 'BRL',
      timeZone: 'America/Sao_Paulo',
      locale: 'pt-BR',
      mode: 'centralized',
      state: 'active',
    })
    assert.deepEqual(
      tenant.stores.map(({ name, isDefault }) => [name, isDefault]),
      [['Matriz', true]]
    )
    assert.isNull(tenant.entitlement.platformFeePercent)
    const [entry] = await AuditEntry.query().where('tenant_id', tenant.id)
    assert.equal(entry.action, 'tenant.created')
  })

  test('keeps its tax id sealed, found by its fingerprint', async ({ assert }) => {
    const taxId = randomCnpj({ alphanumeric: true })
    const typed = `${taxId.slice(0, 2)}.${taxId.slice(2, 5)}.${taxId.slice(5)}`.toLowerCase()
    const { id } = await create({ taxId: typed })
    const tenant = await Tenant.query().where('tax_id_index', blindIndex(taxId, 'tenant.tax_id'))
    assert.deepEqual(
      tenant.map((row) => row.id),
      [id]
    )
    assert.notInclude(tenant[0].taxIdCiphertext, taxId)
    assert.equal(tenant[0].taxId, taxId)
    assert.equal(open(tenant[0].taxIdCiphertext, purposeOf('tenants', 'tax_id', id, id)), taxId)
    assert.notInclude(JSON.stringify(tenant[0].serialize()), taxId)
    assert.notProperty(tenant[0].serialize(), 'taxIdCiphertext')
  })

  test('needs a tax id that is right and free', async ({ assert }) => {
    const taxId = randomCnpj()
    await create({ taxId })
    await assert.rejects(() => create({ taxId }), TaxIdTaken.name)
    await assert.rejects(() => create({ taxId: '11.222.333/0001-82' }), InvalidTaxId.name)
    await assert.rejects(() => create({ taxIdKind: 'CUIT' }), InvalidTaxId.name)
    assert.lengthOf(await Tenant.all(), 1)
  })

  test('has the next free slug, whatever its name: {first}')
    .with([
      { tradeName: 'Café & Cia', first: 'cafe-cia', second: 'cafe-cia-2' },
      { tradeName: 'Loja 99999999999', first: 'loja-99999999999', second: 'loja-99999999999-2' },
      { tradeName: '…', first: 'tenant', second: 'tenant-2' },
      { tradeName: 'x'.repeat(120), first: 'x'.repeat(50), second: `${'x'.repeat(50)}-2` },
    ])
    .run(async ({ assert }, { tradeName, first, second }) => {
      const tenants = [await create({ tradeName }), await create({ tradeName })]
      assert.deepEqual(
        tenants.map(({ slug }) => slug),
        [first, second]
      )
    })

  test('leaves nothing behind when its owner does not exist', async ({ assert }) => {
    await assert.rejects(() => create({ ownerId: '0192f0c1-2b7e-7c3a-9f1a-5d9a3c1b2e4f' }))
    assert.isEmpty(await Tenant.all())
  })
})

test.group('A tenant’s state', () => {
  test('moves by its table only', async ({ assert }) => {
    const tenant = await givenTenant({ state: 'pending' })
    assert.throws(() => tenant.moveTo('suspended'), IllegalTenantTransition)
    tenant.moveTo('active').moveTo('suspended').moveTo('active').moveTo('closed')
    for (const state of ['pending', 'active', 'suspended', 'closed'] as const) {
      assert.throws(() => tenant.moveTo(state), IllegalTenantTransition)
    }
  })
})
