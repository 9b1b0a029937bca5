import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    // The fiscal document that the platform issued for a month's fee: made elsewhere, named here.
    this.schema.createTable('fee_documents', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      // "2026-11", where the tenant lives.
      table.string('month', 7).notNullable()
      table.string('currency', 3).notNullable()
      table.string('number', 60).notNullable()
      table.uuid('saved_by').nullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'month', 'currency'])
    })
  }

  async down() {
    this.schema.dropTable('fee_documents')
  }
}
