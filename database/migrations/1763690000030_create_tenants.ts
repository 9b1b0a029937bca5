import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('tenants', (table) => {
      table.uuid('id').primary()
      table.string('slug', 64).notNullable().unique()
      table.string('legal_name', 160).notNullable()
      table.string('trade_name', 120).notNullable()
      table.string('tax_id_kind', 8).notNullable()
      table.text('tax_id_ciphertext').notNullable()
      table.string('tax_id_index', 64).notNullable().unique()
      table.string('tax_id_masked', 32).notNullable()
      table.string('country', 2).notNullable()
      table.string('currency', 3).notNullable()
      table.string('time_zone', 64).notNullable()
      table.string('locale', 8).notNullable()
      table.string('mode', 16).notNullable()
      table.string('state', 16).notNullable()
      // What a payer's card statement says; null: made from the trade name.
      table.string('statement_descriptor', 13).nullable()
      table.boolean('automatic_payouts').notNullable().defaultTo(false)
      // "#1d5c4b": behind white text, in mails and on the payer's page.
      table.string('brand_color', 7).nullable()
      table.string('contact_email', 254).nullable()
      table.string('contact_phone', 32).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('tenant_entitlements', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().unique().references('tenants.id')
      // Null: the platform's default counts.
      table.decimal('platform_fee_percent', 5, 2).nullable()
      // Of what a payment releases, held for so many days; null: nothing.
      table.decimal('holdback_percent', 5, 2).nullable()
      table.integer('holdback_days').nullable()
      table.json('limits').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('stores', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('name', 120).notNullable()
      table.boolean('is_default').notNullable().defaultTo(false)
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'name'])
    })
    this.schema.createTable('memberships', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('user_id').notNullable().references('users.id').index()
      table.string('role', 16).notNullable()
      // The last day that the member's daily digest told of; null: no digest.
      table.date('digest_until').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'user_id'])
    })
    this.schema.createTable('membership_stores', (table) => {
      table.uuid('tenant_id').notNullable()
      table.uuid('membership_id').notNullable()
      table.uuid('store_id').notNullable()
      table.primary(['tenant_id', 'membership_id', 'store_id'])
      table
        .foreign(['tenant_id', 'membership_id'])
        .references(['tenant_id', 'id'])
        .inTable('memberships')
        .onDelete('CASCADE')
      table.foreign(['tenant_id', 'store_id']).references(['tenant_id', 'id']).inTable('stores')
    })
  }

  async down() {
    for (const table of [
      'membership_stores',
      'memberships',
      'stores',
      'tenant_entitlements',
      'tenants',
    ]) {
      this.schema.dropTable(table)
    }
  }
}
