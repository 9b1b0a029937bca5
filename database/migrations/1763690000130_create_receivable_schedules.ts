import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('receivable_schedules', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('store_id').notNullable()
      table.uuid('customer_id').notNullable()
      // With {n}, {total} and {month}, filled in for each receivable.
      table.string('description', 160).notNullable()
      table.bigInteger('amount_minor').notNullable()
      table.string('currency', 3).notNullable()
      // Every so many weeks, months or years from the first due date on.
      table.string('unit', 8).notNullable()
      table.integer('every').notNullable()
      table.date('first_due_on').notNullable()
      table.boolean('is_month_end').notNullable()
      // How many in all, or the last day that one may be due; both null: until it is ended.
      table.integer('total').nullable()
      table.date('last_due_on').nullable()
      // Days that it stays payable after the due date.
      table.integer('grace_days').notNullable()
      // Days before the due date on which each is made.
      table.integer('lead_days').notNullable()
      // Ways to pay that each is offered with; none leaves it a draft.
      table.json('methods').notNullable()
      table.boolean('is_mailed').notNullable()
      table.string('state', 16).notNullable()
      table.integer('made_count').notNullable().defaultTo(0)
      // Fell due while it was paused.
      table.integer('skipped_count').notNullable().defaultTo(0)
      // When the next one is made; null while there is none to come.
      table.date('next_make_on').nullable()
      table.uuid('created_by').nullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.index(['tenant_id', 'state', 'id'])
      table.index(['tenant_id', 'customer_id'])
      table.index(['next_make_on', 'id'])
      table.foreign(['tenant_id', 'store_id']).references(['tenant_id', 'id']).inTable('stores')
      table
        .foreign(['tenant_id', 'customer_id'])
        .references(['tenant_id', 'id'])
        .inTable('customers')
    })
    // What a schedule made: of each number and of each due date at most one, whoever makes it.
    this.schema.createTable('schedule_occurrences', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable()
      table.uuid('receivable_schedule_id').notNullable()
      table.integer('number').notNullable()
      table.date('due_on').notNullable()
      table.uuid('receivable_id').notNullable()
      // Why it could not be offered: the key of an error and the values of its text.
      table.json('problem').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'receivable_schedule_id', 'number'])
      table.unique(['tenant_id', 'receivable_schedule_id', 'due_on'])
      table.unique(['tenant_id', 'receivable_id'])
      table
        .foreign(['tenant_id', 'receivable_schedule_id'])
        .references(['tenant_id', 'id'])
        .inTable('receivable_schedules')
      table
        .foreign(['tenant_id', 'receivable_id'])
        .references(['tenant_id', 'id'])
        .inTable('receivables')
    })
  }

  async down() {
    for (const table of ['schedule_occurrences', 'receivable_schedules']) {
      this.schema.dropTable(table)
    }
  }
}
