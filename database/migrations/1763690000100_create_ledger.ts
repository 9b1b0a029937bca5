import { BaseSchema } from '@adonisjs/lucid/schema'
import { appendOnly, appendOnlyTables } from '#app/core/database/append_only'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('ledger_transactions', (table) => {
      table.uuid('id').primary()
      // Null: a movement of the platform's own.
      table.uuid('tenant_id').nullable().references('tenants.id')
      table.string('kind', 32).notNullable()
      table.string('reference', 96).notNullable().unique()
      table.string('currency', 3).notNullable()
      table.uuid('payment_id').nullable()
      table.uuid('payout_id').nullable()
      table.timestamp('occurred_at', { useTz: true }).notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.index(['tenant_id', 'occurred_at', 'id'])
      table.foreign(['tenant_id', 'payment_id']).references(['tenant_id', 'id']).inTable('payments')
      table.foreign(['tenant_id', 'payout_id']).references(['tenant_id', 'id']).inTable('payouts')
    })
    this.schema.createTable('ledger_entries', (table) => {
      table.uuid('id').primary()
      table.uuid('transaction_id').notNullable().references('ledger_transactions.id')
      table.uuid('tenant_id').nullable()
      table.string('account', 32).notNullable()
      // Which gateway account a "platform:gateway" entry moves.
      table.uuid('platform_account_id').nullable().references('platform_accounts.id')
      // Plus is a debit, minus a credit.
      table.bigInteger('amount_minor').notNullable()
      table.string('currency', 3).notNullable()
      // fee, tax, financing or other: what the provider kept.
      table.string('charge_type', 16).nullable()
      table.uuid('payment_id').nullable()
      table.index(['transaction_id'])
      table.index(['tenant_id', 'currency', 'account'])
      table.index(['tenant_id', 'payment_id'])
      // The platform's totals are summed from the index alone.
      table.index(
        ['account', 'currency', 'platform_account_id', 'amount_minor'],
        'ledger_entries_sums_index'
      )
      table
        .foreign(['tenant_id', 'transaction_id'])
        .references(['tenant_id', 'id'])
        .inTable('ledger_transactions')
      table.foreign(['tenant_id', 'payment_id']).references(['tenant_id', 'id']).inTable('payments')
    })
    this.schema.createTable('tenant_balances', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('currency', 3).notNullable()
      table.bigInteger('pending_minor').notNullable().defaultTo(0)
      table.bigInteger('available_minor').notNullable().defaultTo(0)
      table.bigInteger('reserved_minor').notNullable().defaultTo(0)
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'currency'])
    })
    for (const table of appendOnlyTables.filter((name) => name.startsWith('ledger'))) {
      for (const statement of appendOnly(table, this.db.dialect.name)) this.schema.raw(statement)
    }
  }

  async down() {
    for (const table of ['tenant_balances', 'ledger_entries', 'ledger_transactions']) {
      this.schema.dropTable(table)
    }
  }
}
