import { BaseSchema } from '@adonisjs/lucid/schema'
import { appendOnly } from '#app/core/database/append_only'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('audit_entries', (table) => {
      table.uuid('id').primary()
      table.timestamp('occurred_at', { useTz: true }).notNullable()
      table.uuid('tenant_id').nullable().references('tenants.id')
      table.uuid('user_id').nullable().references('users.id')
      // "user", "worker" or "command".
      table.string('actor', 16).notNullable()
      table.string('action', 64).notNullable()
      table.string('subject_type', 32).notNullable()
      table.string('subject_id', 64).notNullable()
      table.string('ip', 45).nullable()
      table.json('details').notNullable()
      table.index(['tenant_id', 'id'])
    })
    for (const statement of appendOnly('audit_entries', this.db.dialect.name)) {
      this.schema.raw(statement)
    }
    this.schema.createTable('form_submissions', (table) => {
      table.uuid('id').primary()
      table.string('key', 64).notNullable().unique()
      table.uuid('user_id').notNullable().references('users.id')
      table.string('purpose', 64).notNullable()
      table.text('result').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('schedule_leases', (table) => {
      table.string('name', 64).primary()
      table.string('holder', 64).nullable()
      table.timestamp('leased_until', { useTz: true }).nullable()
      table.timestamp('last_started_at', { useTz: true }).nullable()
      table.timestamp('last_finished_at', { useTz: true }).nullable()
      table.text('last_error').nullable()
    })
    this.schema.createTable('worker_heartbeats', (table) => {
      table.string('id', 64).primary()
      table.string('host', 120).notNullable()
      table.integer('pid').notNullable()
      table.timestamp('started_at', { useTz: true }).notNullable()
      table.timestamp('beat_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('outbox_effects', (table) => {
      table.uuid('id').primary()
      table.uuid('tenant_id').nullable().references('tenants.id')
      table.string('effect', 64).notNullable()
      table.json('payload').notNullable()
      table.string('state', 16).notNullable()
      table.string('lane', 64).notNullable()
      table.integer('attempts').notNullable().defaultTo(0)
      table.timestamp('run_at', { useTz: true }).notNullable()
      table.string('lease_token', 36).nullable()
      table.timestamp('leased_until', { useTz: true }).nullable()
      table.text('last_error').nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('finished_at', { useTz: true }).nullable()
    })
    this.schema.raw(
      `CREATE INDEX outbox_effects_waiting ON outbox_effects (lane, run_at) WHERE state = 'waiting'`
    )
  }

  async down() {
    for (const table of [
      'outbox_effects',
      'worker_heartbeats',
      'schedule_leases',
      'form_submissions',
      'audit_entries',
    ]) {
      this.schema.dropTable(table)
    }
  }
}
