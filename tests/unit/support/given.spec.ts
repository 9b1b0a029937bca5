import { test } from '@japa/runner'
import { stdnum } from 'stdnum'
import db from '@adonisjs/lucid/services/db'
import { missingTriggers } from '#app/core/database/append_only'
import { recordAudit } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { truncate } from '#tests/support/database'
import { givenMember, givenStore, givenTenant } from '#tests/support/given'
import { randomCnpj, randomCpf } from '#tests/support/tax_ids'
import { simulator } from '#tests/support/simulator'
import { clock } from '#app/core/clock'

test.group('Helpers of the tests', () => {
  test('random tax ids are valid', ({ assert }) => {
    for (let round = 0; round < 200; round++) {
      assert.isTrue(stdnum.BR.cpf.validate(randomCpf()).isValid)
      assert.isTrue(stdnum.BR.cnpj.validate(randomCnpj()).isValid)
      assert.isTrue(stdnum.BR.cnpj.validate(randomCnpj({ alphanumeric: true })).isValid)
    }
  })

  test('a tenant comes with a store, an entitlement and members', async ({ assert }) => {
    const tenant = await givenTenant({ platformFeePercent: '2.50' })
    const second = await givenStore(tenant)
    const cashier = await givenMember(tenant, 'cashier', [second])

    assert.equal(tenant.stores[0].isDefault, true)
    assert.equal(tenant.entitlement.platformFeePercent, '2.50')
    await cashier.load('stores')
    assert.deepEqual(
      cashier.stores.map(({ id }) => id),
      [second.id]
    )
  })

  test('truncating leaves no row and every trigger', async ({ assert }) => {
    const tenant = await givenTenant()
    await transaction((trx) =>
      recordAudit(trx, {
        actor: { kind: 'command' },
        action: 'tenant.created',
        subject: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
      })
    )
    await truncate()

    for (const table of ['tenants', 'stores', 'audit_entries']) {
      assert.lengthOf(await db.from(table), 0)
    }
    assert.deepEqual(await missingTriggers(db.connection()), [])
  })

  test('business time follows the simulator', async ({ assert }) => {
    const before = clock.now()
    await simulator.advance({ days: 3 })

    assert.closeTo(clock.now().diff(before).as('days'), 3, 0.001)
  })
})
