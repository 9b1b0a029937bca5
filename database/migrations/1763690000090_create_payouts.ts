import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('payout_destinations', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      // "pix" or "bank_account".
      table.string('kind', 16).notNullable()
      table.text('details_ciphertext').notNullable()
      table.string('masked', 120).notNullable()
      table.string('state', 16).notNullable()
      table.uuid('created_by').notNullable().references('users.id')
      table.timestamp('replaced_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX payout_destinations_one_current ON payout_destinations (tenant_id) WHERE state = 'current'`
    )
    this.schema.createTable('payouts', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('destination_id').notNullable()
      table.uuid('platform_account_id').notNullable().references('platform_accounts.id')
      table.bigInteger('amount_minor').notNullable()
      table.string('currency', 3).notNullable()
      table.string('state', 16).notNullable()
      // "request" or "schedule"; a scheduled one has its date.
      table.string('origin', 16).notNullable()
      table.date('scheduled_for').nullable()
      table.string('bank_reference', 120).nullable()
      table.string('reason', 255).nullable()
      table.uuid('requested_by').nullable().references('users.id')
      table.uuid('approved_by').nullable().references('users.id')
      table.timestamp('approved_at', { useTz: true }).nullable()
      table.timestamp('sent_at', { useTz: true }).nullable()
      table.timestamp('paid_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'currency', 'scheduled_for'])
      table.unique(['bank_reference'])
      table.index(['state', 'id'])
      table
        .foreign(['tenant_id', 'destination_id'])
        .references(['tenant_id', 'id'])
        .inTable('payout_destinations')
    })
  }

  async down() {
    this.schema.dropTable('payouts')
    this.schema.dropTable('payout_destinations')
  }
}
