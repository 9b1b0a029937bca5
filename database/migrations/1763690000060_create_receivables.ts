import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    const isPostgres = this.db.dialect.name === 'postgres'
    this.schema.createTable('customers', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.string('name', 160).notNullable()
      table.string('email', 254).notNullable()
      table.string('phone', 32).nullable()
      // "individual" or "association", as the provider calls persons and companies.
      table.string('entity_type', 16).notNullable()
      table.string('contact_name', 120).nullable()
      table.string('tax_id_kind', 8).notNullable()
      // Both null once the customer was merged into another or erased.
      table.text('tax_id_ciphertext').nullable()
      table.string('tax_id_index', 64).nullable()
      table.string('tax_id_masked', 32).notNullable()
      table.string('locale', 8).notNullable()
      table.string('postal_code', 16).nullable()
      table.string('street', 160).nullable()
      table.string('street_number', 16).nullable()
      table.string('complement', 80).nullable()
      table.string('district', 80).nullable()
      table.string('city', 80).nullable()
      // Brazil: the federal unit's two letters; elsewhere the name of state, province or department.
      table.string('state_code', 80).nullable()
      // The customer that this one became.
      table.uuid('merged_into_id').nullable()
      table.timestamp('erased_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.unique(['tenant_id', 'tax_id_index'])
      table.index(['tenant_id', 'name', 'id'])
      table.index(['tenant_id', 'merged_into_id'])
      table
        .foreign(['tenant_id', 'merged_into_id'])
        .references(['tenant_id', 'id'])
        .inTable('customers')
    })
    // What a customer is found by: the words of its name and e-mail address, without accents.
    this.schema.createTable('customer_words', (table) => {
      table.uuid('tenant_id').notNullable()
      // Bytewise, so that the beginning of a word is a range of the index on every engine.
      table
        .specificType('word', isPostgres ? 'varchar(64) collate "C"' : 'varchar(64)')
        .notNullable()
      table.uuid('customer_id').notNullable()
      table.primary(['tenant_id', 'word', 'customer_id'])
      // With the word: SQLite would look a customer's words up by the word instead.
      table.index(['tenant_id', 'customer_id', 'word'])
      table
        .foreign(['tenant_id', 'customer_id'])
        .references(['tenant_id', 'id'])
        .inTable('customers')
    })
    this.schema.createTable('receivables', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('store_id').notNullable()
      table.uuid('customer_id').notNullable()
      table.string('description', 200).notNullable()
      // The tenant's own number for it.
      table.string('reference', 64).nullable()
      // Of a line without a reference: a fingerprint of what was in it, so that a file comes in once.
      table.string('import_key', 64).nullable()
      table.bigInteger('amount_minor').notNullable()
      table.string('currency', 3).notNullable()
      table.date('due_on').notNullable()
      table.date('pay_until').notNullable()
      // Where the provider has them: of the amount, the interest a month.
      table.decimal('fine_percent', 5, 2).nullable()
      table.decimal('interest_percent', 5, 2).nullable()
      table.decimal('discount_percent', 5, 2).nullable()
      table.date('discount_until').nullable()
      table.string('state', 24).notNullable()
      table.bigInteger('paid_minor').notNullable().defaultTo(0)
      table.bigInteger('refunded_minor').notNullable().defaultTo(0)
      // What a member gave up asking for after a short payment; null when nothing.
      table.bigInteger('waived_minor').nullable()
      table.string('public_token', 64).notNullable().unique()
      table.uuid('created_by').nullable().references('users.id')
      table.timestamp('opened_at', { useTz: true }).nullable()
      table.timestamp('paid_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.index(['tenant_id', 'store_id', 'id'])
      table.index(['tenant_id', 'customer_id', 'id'])
      table.unique(['tenant_id', 'reference'])
      table.unique(['tenant_id', 'import_key'])
      table.index(['tenant_id', 'state', 'id'])
      table.index(['tenant_id', 'due_on', 'id'])
      table.index(['tenant_id', 'amount_minor', 'id'])
      table.foreign(['tenant_id', 'store_id']).references(['tenant_id', 'id']).inTable('stores')
      table
        .foreign(['tenant_id', 'customer_id'])
        .references(['tenant_id', 'id'])
        .inTable('customers')
    })
    // What is late, the oldest first: one range, whatever was paid before it.
    this.schema.raw(
      `CREATE INDEX receivables_unsettled ON receivables (tenant_id, due_on, id)
       WHERE state IN ('open', 'partially_paid')`
    )
    // The words of description and reference, as customers have theirs.
    this.schema.createTable('receivable_words', (table) => {
      table.uuid('tenant_id').notNullable()
      table
        .specificType('word', isPostgres ? 'varchar(64) collate "C"' : 'varchar(64)')
        .notNullable()
      table.uuid('receivable_id').notNullable()
      table.primary(['tenant_id', 'word', 'receivable_id'])
      table.index(['tenant_id', 'receivable_id', 'word'])
      table
        .foreign(['tenant_id', 'receivable_id'])
        .references(['tenant_id', 'id'])
        .inTable('receivables')
    })
    this.schema.createTable('charges', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').notNullable().references('tenants.id')
      table.uuid('receivable_id').notNullable()
      table.uuid('store_id').notNullable()
      table.string('method', 16).notNullable()
      table.string('state', 24).notNullable()
      table.bigInteger('amount_minor').notNullable()
      table.string('currency', 3).notNullable()
      // Where the money goes; fixed at issue, whatever the tenant changes later.
      table.string('mode', 16).notNullable()
      table.uuid('platform_account_id').nullable().references('platform_accounts.id')
      table.uuid('connection_id').nullable()
      table.string('collector_id', 32).notNullable()
      table.string('provider_api', 16).notNullable()
      table.decimal('fee_percent', 5, 2).notNullable()
      table.string('fee_refund_policy', 16).notNullable()
      table.bigInteger('estimated_charges_minor').notNullable()
      table.bigInteger('estimated_fee_minor').notNullable()
      table.string('idempotency_key', 64).notNullable().unique()
      table.string('external_reference', 64).notNullable().unique()
      table.string('provider_payment_id', 32).nullable().index()
      table.string('provider_preference_id', 96).nullable()
      table.text('checkout_url').nullable()
      // Since when the provider's checkout takes no more payments for it.
      table.timestamp('checkout_closed_at', { useTz: true }).nullable()
      table.timestamp('provider_updated_at', { useTz: true }).nullable()
      table.timestamp('expires_at', { useTz: true }).notNullable()
      table.string('digitable_line', 64).nullable()
      table.string('barcode', 64).nullable()
      table.text('document_url').nullable()
      table.text('qr_code').nullable()
      table.string('failure_code', 64).nullable()
      table.string('failure_message', 255).nullable()
      table.integer('attempts').notNullable().defaultTo(0)
      table.timestamp('next_attempt_at', { useTz: true }).nullable()
      table.uuid('created_by').nullable().references('users.id')
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
      table.unique(['tenant_id', 'id'])
      table.index(['tenant_id', 'receivable_id', 'id'])
      table.index(['state', 'next_attempt_at'])
      table.index(['connection_id', 'state'])
      table
        .foreign(['tenant_id', 'connection_id'])
        .references(['tenant_id', 'id'])
        .inTable('tenant_gateway_configs')
      table
        .foreign(['tenant_id', 'receivable_id'])
        .references(['tenant_id', 'id'])
        .inTable('receivables')
      table.foreign(['tenant_id', 'store_id']).references(['tenant_id', 'id']).inTable('stores')
    })
    // What a customer could pay twice must not exist twice.
    this.schema.raw(
      `CREATE UNIQUE INDEX charges_one_active ON charges (tenant_id, receivable_id, method)
       WHERE state IN ('scheduled', 'creating', 'pending', 'in_process', 'authorized')`
    )
  }

  async down() {
    const tables = ['charges', 'receivable_words', 'receivables', 'customer_words', 'customers']
    for (const table of tables) this.schema.dropTable(table)
  }
}
