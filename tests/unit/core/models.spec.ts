import { globSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { LucidModel } from '@adonisjs/lucid/types/model'
import Store from '#app/tenants/models/store'
import { givenTenant, givenUser } from '#tests/support/given'

const files = globSync('app/*/models/*.ts', { cwd: app.makePath(), exclude: ['app/simulator/**'] })

test.group('Models', () => {
  test('{$self} has its table, and a column for each of its own')
    .with(files)
    .run(async ({ assert }, file) => {
      const { default: model } = (await import(app.makePath(file))) as { default: LucidModel }
      model.boot()
      const columns = await db.connection().columnsInfo(model.table)
      const own = [...model.$columnsDefinitions.values()].map(({ columnName }) => columnName)
      assert.sameMembers(Object.keys(columns), own)
    })

  test('a row keeps the id that the app made: a UUIDv7, in order of age', async ({ assert }) => {
    const [one, other] = [await givenUser(), await givenUser()]
    assert.match(one.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.isTrue(one.id < other.id)
  })

  test('createMany gives each row an id of its own', async ({ assert }) => {
    const { id: tenantId } = await givenTenant()
    const stores = await Store.createMany([
      { tenantId, name: 'A', isDefault: false },
      { tenantId, name: 'B', isDefault: false },
    ])
    const found = await Store.query().where({ tenant_id: tenantId }).whereIn('name', ['A', 'B'])
    assert.sameMembers(
      found.map(({ id }) => id),
      stores.map(({ id }) => id)
    )
  })
})
