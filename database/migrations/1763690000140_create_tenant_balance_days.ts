import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    // By what a day (UTC) changed of a tenant's balance: that of any moment is the sum of the days
    // before it and of the movements of its own.
    this.schema.createTable('tenant_balance_days', (table) => {
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('currency', 3).notNullable()
      table.date('day').notNullable()
      table.bigInteger('pending_minor').notNullable()
      table.bigInteger('available_minor').notNullable()
      table.bigInteger('reserved_minor').notNullable()
      table.primary(['tenant_id', 'currency', 'day'])
    })
    // What the charts sum up: payments of a period, what waits for its release, what is overdue.
    this.schema.alterTable('payments', (table) => {
      table.index(['tenant_id', 'approved_at'])
      table.index(['approved_at'])
    })
    this.schema.raw(
      `CREATE INDEX payments_unreleased ON payments (tenant_id, money_release_at)
       WHERE is_posted AND released_at IS NULL`
    )
    this.schema.raw(
      `CREATE INDEX receivables_unpaid ON receivables (tenant_id, due_on)
       WHERE state IN ('open', 'partially_paid')`
    )
  }

  async down() {
    this.schema.raw('DROP INDEX receivables_unpaid')
    this.schema.raw('DROP INDEX payments_unreleased')
    this.schema.alterTable('payments', (table) => {
      table.dropIndex(['approved_at'])
      table.dropIndex(['tenant_id', 'approved_at'])
    })
    this.schema.dropTable('tenant_balance_days')
  }
}
