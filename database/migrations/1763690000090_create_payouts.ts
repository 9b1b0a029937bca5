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
      // Until then its payouts wait: an owner who did not change it has time to say so.
      table.timestamp('usable_from', { useTz: true }).notNullable()
      table.timestamp('replaced_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX payout_destinations_one_current ON payout_destinations (tenant_id) WHERE state = 'current'`
    )
    this.schema.createTable('payout_batches', (table) => {
      table.uuid('id').primary()
      table.string('currency', 3).notNullable()
      table.integer('payouts_count').notNullable()
      table.bigInteger('total_minor').notNullable()
      // The file as it was made, sealed: it names every account in full.
      table.text('content_ciphertext').notNullable()
      // SHA-256 of the file's bytes.
      table.string('fingerprint', 64).notNullable()
      table.uuid('created_by').notNullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
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
      // The one file of transfers that it is in: it never goes into another.
      table.uuid('batch_id').nullable().references('payout_batches.id').index()
      table.string('bank_reference', 120).nullable()
      // The day of the transfer as the bank tells it.
      table.date('bank_date').nullable()
      table.string('reason', 255).nullable()
      table.uuid('requested_by').nullable().references('users.id')
      // Of two people who approve a large one, the first.
      table.uuid('first_approved_by').nullable().references('users.id')
      table.timestamp('first_approved_at', { useTz: true }).nullable()
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
    this.schema.dropTable('payout_batches')
    this.schema.dropTable('payout_destinations')
  }
}
