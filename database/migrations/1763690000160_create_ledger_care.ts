import { BaseSchema } from '@adonisjs/lucid/schema'
import { appendOnly } from '#app/core/database/append_only'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('holdbacks', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('payment_id').notNullable()
      table.string('currency', 3).notNullable()
      // As it was when the payment was released.
      table.decimal('percent', 5, 2).notNullable()
      // Of what is left of the payment, in tenant:reserved.
      table.bigInteger('held_minor').notNullable()
      table.timestamp('free_at', { useTz: true }).notNullable()
      table.timestamp('freed_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'payment_id'])
      table.index(['freed_at', 'free_at'])
      table.index(['tenant_id', 'freed_at', 'free_at'])
      table.foreign(['tenant_id', 'payment_id']).references(['tenant_id', 'id']).inTable('payments')
    })
    this.schema.createTable('adjustments', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('currency', 3).notNullable()
      // Plus is given to the tenant, minus taken from it.
      table.bigInteger('amount_minor').notNullable()
      table.string('reason', 255).notNullable()
      // The one that it takes back.
      table.uuid('reverses_id').nullable()
      table.uuid('created_by').notNullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'reverses_id'])
      table
        .foreign(['tenant_id', 'reverses_id'])
        .references(['tenant_id', 'id'])
        .inTable('adjustments')
    })
    this.schema.createTable('daily_closes', (table) => {
      table.uuid('id').primary()
      // The UTC day that had ended; the figures are those of `closed_at`.
      table.date('day').notNullable()
      table.string('currency', 3).notNullable()
      // Each in its natural sign: what tenants have, what the platform has, what is at the provider.
      table.bigInteger('pending_minor').notNullable()
      table.bigInteger('available_minor').notNullable()
      table.bigInteger('reserved_minor').notNullable()
      table.bigInteger('earned_minor').notNullable()
      table.bigInteger('other_minor').notNullable()
      table.bigInteger('gateway_minor').notNullable()
      // What is reserved for what, by the rows that say so.
      table.bigInteger('disputes_minor').notNullable()
      table.bigInteger('payouts_minor').notNullable()
      table.bigInteger('holdback_minor').notNullable()
      // What is at the provider, by platform account.
      table.json('accounts').notNullable()
      // What does not agree, by name: empty when all does.
      table.json('differences').notNullable()
      table.boolean('is_sound').notNullable()
      table.string('actor', 16).notNullable()
      table.uuid('closed_by').nullable().references('users.id')
      table.timestamp('closed_at', { useTz: true }).notNullable()
      table.unique(['day', 'currency'])
    })
    for (const table of ['adjustments', 'daily_closes'] as const) {
      for (const statement of appendOnly(table, this.db.dialect.name)) this.schema.raw(statement)
    }
  }

  async down() {
    for (const table of ['daily_closes', 'adjustments', 'holdbacks']) this.schema.dropTable(table)
  }
}
