import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('gateway_configs', (table) => {
      table.uuid('id').primary()
      // One row: always "platform".
      table.string('singleton', 8).notNullable().unique()
      table.decimal('platform_fee_percent', 5, 2).notNullable().defaultTo('1.00')
      table.boolean('automatic_transfer').notNullable().defaultTo(false)
      table.integer('payout_waiting_days').notNullable().defaultTo(7)
      table.string('platform_name', 160).nullable()
      // As payers are shown it: a company's whole, a person's masked.
      table.string('platform_tax_id', 32).nullable()
      // JSON list of { secret, addedAt }, sealed as one value.
      table.text('webhook_secrets_ciphertext').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('custody_confirmations', (table) => {
      table.uuid('id').primary()
      table.string('country', 2).notNullable().unique()
      table.uuid('user_id').notNullable().references('users.id')
      table.timestamp('confirmed_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('platform_accounts', (table) => {
      table.uuid('id').primary()
      table.string('provider', 24).notNullable()
      table.string('collector_id', 32).notNullable()
      table.string('site_id', 3).notNullable()
      table.string('country', 2).notNullable()
      table.string('currency', 3).notNullable()
      table.string('nickname', 120).notNullable()
      table.boolean('is_test').notNullable().defaultTo(false)
      table.string('state', 16).notNullable()
      table.text('access_token_ciphertext').nullable()
      table.integer('token_version').notNullable().defaultTo(1)
      table.timestamp('verified_at', { useTz: true }).notNullable()
      // Every change of its payments up to here was looked at, told by a notification or not.
      table.timestamp('searched_until', { useTz: true }).nullable()
      table.timestamp('retired_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['provider', 'collector_id'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX platform_accounts_one_current ON platform_accounts (currency) WHERE state = 'current'`
    )
    this.schema.createTable('gateway_rates', (table) => {
      table.uuid('id').primary()
      // Null: of the site; else what this account's own payments cost.
      table.uuid('platform_account_id').nullable().references('platform_accounts.id')
      table.string('site_id', 3).notNullable()
      table.string('method', 16).notNullable()
      table.decimal('percent', 5, 2).notNullable()
      table.bigInteger('fixed_minor').notNullable()
      table.integer('days_to_release').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['platform_account_id', 'method'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX gateway_rates_of_site ON gateway_rates (site_id, method) WHERE platform_account_id IS NULL`
    )
    this.schema.createTable('account_methods', (table) => {
      table.uuid('id').primary()
      table.uuid('platform_account_id').notNullable().unique().references('platform_accounts.id')
      // What the account may take, as the provider lists it: [{ id, type, minMinor, maxMinor }].
      table.json('methods').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
  }

  async down() {
    for (const table of [
      'account_methods',
      'gateway_rates',
      'platform_accounts',
      'custody_confirmations',
      'gateway_configs',
    ]) {
      this.schema.dropTable(table)
    }
  }
}
