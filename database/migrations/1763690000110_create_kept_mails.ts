import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('kept_mails', (table) => {
      table.uuid('id').primary()
      table.text('sender').notNullable()
      table.text('reply_to').nullable()
      table.text('recipients').notNullable()
      table.text('subject').notNullable()
      table.text('html').nullable()
      table.text('text').nullable()
      table.json('headers').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
    })
  }

  async down() {
    this.schema.dropTable('kept_mails')
  }
}
