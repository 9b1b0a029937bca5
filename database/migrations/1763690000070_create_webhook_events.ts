import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('webhook_replays', (table) => {
      table.uuid('id').primary()
      // Null when a command did it.
      table.uuid('user_id').nullable().references('users.id')
      table.integer('event_count').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
    })
    this.schema.createTable('webhook_events', (table) => {
      table.uuid('id').primary()
      table.string('dedupe_key', 128).notNullable().unique()
      table.string('topic', 64).notNullable()
      table.string('action', 64).nullable()
      table.string('notification_id', 64).nullable()
      table.string('resource_id', 64).notNullable()
      // The account that the notification says it is of, as decimal text.
      table.string('mp_user_id', 32).nullable()
      table.uuid('tenant_id').nullable().references('tenants.id')
      // "valid", "missing" or "invalid".
      table.string('signature', 8).notNullable()
      // What its `ts` says; noted, as it is no reason to refuse.
      table.timestamp('signed_at', { useTz: true }).nullable()
      table.string('request_id', 128).nullable()
      table.text('query').nullable()
      table.text('body').nullable()
      table.string('state', 16).notNullable()
      table.string('reason', 64).nullable()
      table.string('lane', 64).notNullable()
      table.integer('attempts').notNullable().defaultTo(0)
      table.timestamp('run_at', { useTz: true }).notNullable()
      table.string('lease_token', 36).nullable()
      table.timestamp('leased_until', { useTz: true }).nullable()
      table.text('last_error').nullable()
      table.timestamp('received_at', { useTz: true }).notNullable()
      table.timestamp('finished_at', { useTz: true }).nullable()
      // The last replay that it was part of, and what it was before.
      table.uuid('replay_id').nullable().references('webhook_replays.id')
      table.string('replayed_state', 16).nullable()
      table.string('replayed_reason', 64).nullable()
      // Somebody looked at what was rejected, and says why nothing else is to be done.
      table.timestamp('reviewed_at', { useTz: true }).nullable()
      table.uuid('reviewed_by').nullable().references('users.id')
      table.string('review_note', 500).nullable()
      table.index(['state', 'id'])
      table.index(['resource_id', 'topic'])
      table.index(['received_at', 'state'])
      table.index(['mp_user_id', 'received_at'])
    })
    for (const column of ['notification_id', 'tenant_id', 'replay_id']) {
      this.schema.raw(
        `CREATE INDEX webhook_events_${column} ON webhook_events (${column}, id) WHERE ${column} IS NOT NULL`
      )
    }
    this.schema.raw(
      `CREATE INDEX webhook_events_waiting ON webhook_events (lane, run_at) WHERE state = 'received'`
    )
    this.schema.raw(
      `CREATE INDEX webhook_events_unpurged ON webhook_events (received_at) WHERE body IS NOT NULL`
    )
  }

  async down() {
    this.schema.dropTable('webhook_events')
    this.schema.dropTable('webhook_replays')
  }
}
