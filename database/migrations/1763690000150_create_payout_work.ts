import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('payout_rules', (table) => {
      table.uuid('id').primary()
      table.string('currency', 3).notNullable().unique()
      table.integer('cooling_hours').notNullable()
      table.bigInteger('minimum_minor').notNullable()
      // Null: one person is enough, whatever the amount.
      table.bigInteger('second_person_above_minor').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('payout_schedules', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().unique().references('tenants.id')
      // "daily", "weekly" or "monthly".
      table.string('frequency', 8).notNullable()
      // From Monday, 1; and the day of the month, where it has one.
      table.integer('weekday').notNullable()
      table.integer('month_day').notNullable()
      table.bigInteger('minimum_minor').notNullable()
      table.bigInteger('keep_minor').notNullable()
      // The last date that a run has looked at, whether money left or not.
      table.date('seen_for').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('payout_proofs', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('payout_id').notNullable()
      table.string('content_type', 40).notNullable()
      // It names the account in full.
      table.text('content_ciphertext').notNullable()
      table.string('fingerprint', 64).notNullable()
      table.uuid('created_by').notNullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'payout_id', 'fingerprint'])
      table.foreign(['tenant_id', 'payout_id']).references(['tenant_id', 'id']).inTable('payouts')
    })
    this.schema.createTable('payout_results', (table) => {
      table.uuid('id').primary()
      table.string('fingerprint', 64).notNullable().unique()
      table.text('content').notNullable()
      table.uuid('created_by').notNullable().references('users.id')
      table.timestamp('applied_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
  }

  async down() {
    for (const table of ['results', 'proofs', 'schedules', 'rules']) {
      this.schema.dropTable(`payout_${table}`)
    }
  }
}
