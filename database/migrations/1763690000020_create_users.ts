import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('users', (table) => {
      table.uuid('id').primary()
      table.string('email', 254).notNullable().unique()
      table.string('password').notNullable()
      table.string('full_name', 120).notNullable()
      table.string('locale', 8).notNullable().defaultTo('pt-BR')
      table.string('time_zone', 64).notNullable().defaultTo('America/Sao_Paulo')
      table.boolean('is_platform_admin').notNullable().defaultTo(false)
      table.timestamp('disabled_at', { useTz: true }).nullable()
      table.timestamp('created_at', { useTz: true }).notNullable()
      table.timestamp('updated_at', { useTz: true }).notNullable()
    })
  }

  async down() {
    this.schema.dropTable('users')
  }
}
