import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('import_runs', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      // What is imported: a name of the list of kinds.
      table.string('kind', 24).notNullable()
      table.string('state', 16).notNullable()
      table.string('file_name', 120).notNullable()
      table.integer('bytes').notNullable()
      table.string('encoding', 16).notNullable()
      table.string('delimiter', 1).notNullable()
      // How far the file was read, or the lines applied; for the progress bar.
      table.integer('bytes_read').notNullable().defaultTo(0)
      // Lines with data, without the heading and empty ones.
      table.integer('lines_total').notNullable().defaultTo(0)
      table.integer('lines_bad').notNullable().defaultTo(0)
      table.integer('lines_known').notNullable().defaultTo(0)
      table.integer('created_count').notNullable().defaultTo(0)
      table.integer('updated_count').notNullable().defaultTo(0)
      table.integer('skipped_count').notNullable().defaultTo(0)
      // Why the whole file could not be read: { reason, ...values }.
      table.json('problem').nullable()
      // Headings of the file that mean nothing to us.
      table.json('ignored_columns').nullable()
      // What the member chose when confirming, as the kind reads it.
      table.json('options').nullable()
      // Of the worker that reads the file: one that was taken over stops.
      table.string('reader_token', 36).nullable()
      table.uuid('created_by').notNullable().references('users.id')
      table.timestamp('confirmed_at', { useTz: true }).nullable()
      table.timestamp('finished_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.index(['tenant_id', 'kind', 'id'])
      table.index(['state', 'created_at'])
    })
    // One at a time, so that what the dry run told still holds when it is applied.
    this.schema.raw(
      `CREATE UNIQUE INDEX import_runs_one_unfinished ON import_runs (tenant_id, kind)
       WHERE state IN ('checking', 'checked', 'applying')`
    )
    // The uploaded file, sealed; gone as soon as it was read.
    this.schema.createTable('import_chunks', (table) => {
      table.uuid('tenant_id').notNullable()
      table.uuid('import_run_id').notNullable()
      table.integer('position').notNullable()
      table.text('content_ciphertext').notNullable()
      table.primary(['import_run_id', 'position'])
      ofRun(table)
    })
    // The good lines, sealed, until each is applied.
    this.schema.createTable('import_rows', (table) => {
      table.uuid('tenant_id').notNullable()
      table.uuid('import_run_id').notNullable()
      table.integer('line').notNullable()
      // What may be in a file once: a fingerprint, never the value.
      table.string('key', 64).nullable()
      table.text('content_ciphertext').notNullable()
      table.primary(['import_run_id', 'line'])
      table.index(['import_run_id', 'key'])
      ofRun(table)
    })
    // What is wrong with the bad lines: field, rule and its limits, and nothing of what was in them.
    this.schema.createTable('import_problems', (table) => {
      table.uuid('tenant_id').notNullable()
      table.uuid('import_run_id').notNullable()
      table.integer('line').notNullable()
      table.json('problems').notNullable()
      table.primary(['import_run_id', 'line'])
      ofRun(table)
    })
  }

  async down() {
    for (const table of ['import_problems', 'import_rows', 'import_chunks', 'import_runs']) {
      this.schema.dropTable(table)
    }
  }
}

type Table = Parameters<Parameters<BaseSchema['schema']['createTable']>[1]>[0]

const ofRun = (table: Table) =>
  table
    .foreign(['tenant_id', 'import_run_id'])
    .references(['tenant_id', 'id'])
    .inTable('import_runs')
