import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import { openSqlite } from '#app/core/database/sqlite'
import { calendarDatesAsText } from '#app/core/database/postgres'

calendarDatesAsText()

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** Named on each connection: Lucid reads the rules only where they are named. */
const schemaGeneration = {
  enabled: !app.inTest && !app.inProduction,
  rulesPaths: ['./database/schema_rules.js'],
  excludeTables: ['sessions', 'rate_limits'],
}

/**
 * Knex writes the bound values into the message of every failed query, also where it is its driver
 * that fails and no code says that a database spoke. An option of Knex's that Lucid's types lack.
 */
const messagesWithoutValues = { compileSqlOnError: false }

const dbConfig = defineConfig({
  connection: env.get('DB_CONNECTION', 'sqlite'),
  connections: {
    sqlite: {
      client: 'better-sqlite3',
      connection: { filename: env.get('SQLITE_PATH') ?? app.makePath('storage/repasse.sqlite3') },
      useNullAsDefault: true,
      ...messagesWithoutValues,
      pool: { min: 1, max: 1, acquireTimeoutMillis: 5000, afterCreate: openSqlite },
      migrations,
      schemaGeneration,
    },
    pg: {
      client: 'pg',
      connection: { connectionString: env.get('PG_URL') },
      pool: { min: 0, max: 10, acquireTimeoutMillis: 5000 },
      migrations,
      schemaGeneration,
    },
  },
})

export default dbConfig
