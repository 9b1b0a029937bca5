import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('news_silences', (table) => {
      table.uuid('id').primary()
      table.string('collector_id', 32).notNullable()
      // The last news before it.
      table.timestamp('silent_since', { useTz: true }).notNullable()
      // How many came in such hours before; a decimal would say more than is known.
      table.integer('expected_news').notNullable()
      table.timestamp('noticed_at', { useTz: true }).notNullable()
      table.timestamp('ended_at', { useTz: true }).nullable()
      // "news", or "nothing_open" when nothing was left that news could come of.
      table.string('end_reason', 16).nullable()
      table.index(['noticed_at'])
    })
    // Of workers that notice it at the same time, one tells.
    this.schema.raw(
      `CREATE UNIQUE INDEX news_silences_one_open ON news_silences (collector_id) WHERE ended_at IS NULL`
    )
  }

  async down() {
    this.schema.dropTable('news_silences')
  }
}
