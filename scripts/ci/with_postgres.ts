/**
 * Runs a command on an empty PostgreSQL database, the tests': with_postgres.ts <program> [argument…].
 * It finds the database in DB_CONNECTION and PG_URL; its exit code is the command's.
 */
import { spawn } from 'node:child_process'
import pg from 'pg'
import { testDatabaseUrl } from '../../tests/support/postgres.js'
import { exitOnSignals } from './program.js'

exitOnSignals()
const url = await testDatabaseUrl()
const client = new pg.Client(url)
await client.connect()
await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
await client.end()

const [program, ...args] = process.argv.slice(2)
const env = { ...process.env, DB_CONNECTION: 'pg', PG_URL: url }
spawn(program, args, { env, stdio: 'inherit' }).once('exit', (code) => process.exit(code ?? 1))
