import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    // Apart from the tenants, which are read with every request.
    this.schema.createTable('tenant_logos', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().unique().references('tenants.id')
      // Names it in mails: it stays when the picture is replaced.
      table.string('public_token', 64).notNullable().unique()
      table.string('content_type', 16).notNullable()
      table.string('fingerprint', 64).notNullable()
      table.integer('width').notNullable()
      table.integer('height').notNullable()
      table.binary('content').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('reminder_settings', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().unique().references('tenants.id')
      table.boolean('is_on').notNullable()
      // Days from the due date: [-3, 0, 5] is three before, the day itself and five after.
      table.json('days').notNullable()
      table.integer('hour').notNullable()
      // The last day, where the tenant lives, whose reminders are all made.
      table.date('done_on').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    // Customers that want no more reminders of a tenant.
    this.schema.createTable('reminder_stops', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable()
      table.uuid('customer_id').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'customer_id'])
      table
        .foreign(['tenant_id', 'customer_id'])
        .references(['tenant_id', 'id'])
        .inTable('customers')
    })
    // Each mail that was to be sent, once, and what became of it.
    this.schema.createTable('sendings', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('kind', 16).notNullable()
      // What must not be sent twice, e.g. "receipt:<payment>".
      table.string('reference', 96).notNullable()
      table.uuid('receivable_id').nullable()
      // Masked: whom it went to in full is the customer's own row.
      table.string('recipient', 254).notNullable()
      table.json('details').notNullable()
      table.string('state', 16).notNullable()
      // Why it was not sent, and what the mail server said.
      table.string('reason', 24).nullable()
      table.string('answer', 200).nullable()
      table.integer('attempts').notNullable().defaultTo(0)
      // Business time.
      table.timestamp('queued_at', { useTz: true }).notNullable()
      table.timestamp('sent_at', { useTz: true }).nullable()
      table.uuid('created_by').nullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'reference'])
      table.index(['tenant_id', 'receivable_id', 'id'])
      table
        .foreign(['tenant_id', 'receivable_id'])
        .references(['tenant_id', 'id'])
        .inTable('receivables')
    })
    // What was paid on a day.
    this.schema.raw('CREATE INDEX payments_tenant_approved ON payments (tenant_id, approved_at)')
  }

  async down() {
    this.schema.raw('DROP INDEX payments_tenant_approved')
    for (const table of ['sendings', 'reminder_stops', 'reminder_settings', 'tenant_logos']) {
      this.schema.dropTable(table)
    }
  }
}
