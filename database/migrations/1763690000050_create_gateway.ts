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
      // How its credential lives: see mechanisms.ts.
      table.string('mechanism', 16).notNullable().defaultTo('static_key')
      table.timestamp('token_stored_at', { useTz: true }).nullable()
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
    this.schema.createTable('tenant_gateway_configs', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('provider', 24).notNullable()
      table.string('label', 80).notNullable()
      table.string('mp_user_id', 32).notNullable()
      table.string('site_id', 3).notNullable()
      table.string('country', 2).notNullable()
      table.string('currency', 3).notNullable()
      table.string('nickname', 120).notNullable()
      table.string('masked_email', 120).nullable()
      // For the card form in a payer's browser; no secret.
      table.string('public_key', 120).nullable()
      table.string('scopes', 255).nullable()
      table.boolean('is_test').notNullable().defaultTo(false)
      table.string('state', 24).notNullable()
      table.boolean('is_default').notNullable().defaultTo(false)
      table.string('mechanism', 16).notNullable()
      table.text('access_token_ciphertext').nullable()
      table.text('refresh_token_ciphertext').nullable()
      table.integer('token_version').notNullable().defaultTo(0)
      table.timestamp('token_stored_at', { useTz: true }).notNullable()
      table.timestamp('token_expires_at', { useTz: true }).nullable()
      // Refused by the provider although its time is not over: of no use any more.
      table.timestamp('token_refused_at', { useTz: true }).nullable()
      // When the schedule renews it next, and who is doing so at the moment.
      table.timestamp('refresh_at', { useTz: true }).nullable()
      table.integer('refresh_attempts').notNullable().defaultTo(0)
      table.uuid('refresh_lease').nullable()
      table.timestamp('refresh_lease_until', { useTz: true }).nullable()
      // Health: what the last calls told.
      table.timestamp('checked_at', { useTz: true }).nullable()
      table.timestamp('last_success_at', { useTz: true }).nullable()
      table.timestamp('last_failure_at', { useTz: true }).nullable()
      table.string('last_failure', 64).nullable()
      // What owners were told of last: "ending:7", "broken".
      table.string('told', 24).nullable()
      table.timestamp('searched_until', { useTz: true }).nullable()
      table.uuid('connected_by').nullable().references('users.id')
      table.timestamp('connected_at', { useTz: true }).notNullable()
      table.timestamp('disconnecting_at', { useTz: true }).nullable()
      table.timestamp('disconnected_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'provider', 'mp_user_id'])
      table.index(['refresh_at'])
    })
    // One account never takes the money of two tenants.
    this.schema.raw(
      `CREATE UNIQUE INDEX tenant_gateway_configs_one_tenant ON tenant_gateway_configs (provider, mp_user_id)
       WHERE state <> 'disconnected'`
    )
    this.schema.raw(
      `CREATE UNIQUE INDEX tenant_gateway_configs_one_default ON tenant_gateway_configs (tenant_id) WHERE is_default`
    )
    this.schema.createTable('connection_attempts', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('user_id').notNullable().references('users.id')
      // Hashes: neither can be presented by one who reads the table.
      table.string('state_hash', 64).notNullable().unique()
      table.string('session_hash', 64).notNullable()
      table.text('verifier_ciphertext').nullable()
      // The connection that is to be renewed; null for a new one.
      table.uuid('connection_id').nullable()
      table.string('label', 80).nullable()
      table.string('state', 16).notNullable()
      table.string('reason', 48).nullable()
      // An account that is not the one of before, until its owner has chosen; sealed as one value.
      table.text('grant_ciphertext').nullable()
      table.timestamp('expires_at', { useTz: true }).notNullable()
      table.timestamp('ended_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.index(['tenant_id', 'state'])
      table
        .foreign(['tenant_id', 'connection_id'])
        .references(['tenant_id', 'id'])
        .inTable('tenant_gateway_configs')
    })
    this.schema.createTable('store_gateways', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable()
      table.uuid('store_id').notNullable()
      // Null: the tenant's default connection.
      table.uuid('connection_id').nullable()
      // What the store is called at the provider.
      table.string('mp_store_id', 64).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'store_id'])
      table.foreign(['tenant_id', 'store_id']).references(['tenant_id', 'id']).inTable('stores')
      table
        .foreign(['tenant_id', 'connection_id'])
        .references(['tenant_id', 'id'])
        .inTable('tenant_gateway_configs')
    })
    this.schema.createTable('gateway_rates', (table) => {
      table.uuid('id').primary()
      // Null: of the site; else what the payments of this account cost, the platform's or a connection.
      table.uuid('account_id').nullable()
      table.string('site_id', 3).notNullable()
      table.string('method', 16).notNullable()
      table.decimal('percent', 5, 2).notNullable()
      table.bigInteger('fixed_minor').notNullable()
      table.integer('days_to_release').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['account_id', 'method'])
    })
    this.schema.raw(
      `CREATE UNIQUE INDEX gateway_rates_of_site ON gateway_rates (site_id, method) WHERE account_id IS NULL`
    )
    this.schema.createTable('account_methods', (table) => {
      table.uuid('id').primary()
      // A platform account or a connection: neither is ever deleted.
      table.uuid('account_id').notNullable().unique()
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
      'store_gateways',
      'connection_attempts',
      'tenant_gateway_configs',
      'platform_accounts',
      'custody_confirmations',
      'gateway_configs',
    ]) {
      this.schema.dropTable(table)
    }
  }
}
