import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { scratchPath } from '#tests/support/scratch'

// The package exports the command that writes the file, and not what it is made by.
const GENERATOR = 'node_modules/@adonisjs/lucid/build/src/orm/schema_generator/generator.js'

test('database/schema.ts is what the tables of this engine give', async ({ assert }) => {
  const { OrmSchemaGenerator } = await import(app.makePath(GENERATOR))
  const { schemaGeneration } = db.manager.get(db.primaryConnectionName)!.config
  const outputPath = scratchPath('schema.ts')
  await new OrmSchemaGenerator(db, app, {
    schemas: ['public'],
    ...schemaGeneration,
    excludeTables: [
      'adonis_schema',
      'adonis_schema_versions',
      ...(schemaGeneration?.excludeTables ?? []),
    ],
    outputPath,
  }).generate()

  assert.equal(
    readFileSync(app.makePath('database/schema.ts'), 'utf8'),
    readFileSync(outputPath, 'utf8')
  )
})
