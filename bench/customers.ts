/**
 * Imports 50,000 customers from a file, beside 5,000: what stays in memory while it is read and
 * applied, and the time per line. Then what the list and the search cost this tenant, beside one
 * with fifty customers in the same database: the ratio of medians.
 *
 *   npm run bench -- customers --engine=sqlite
 *   BENCH_PG_URL=postgres://postgres@127.0.0.1:5432 npm run bench -- customers --engine=pg
 *
 * Other flags: --lines=50000 --runs=40 --out=bench/results/customers-sqlite.json
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    lines: { type: 'string', default: '50000' },
    runs: { type: 'string', default: '40' },
    out: { type: 'string' },
  },
})
if (flags.engine !== 'sqlite' && flags.engine !== 'pg') {
  throw new Error('--engine is "sqlite" or "pg"')
}
const engine = flags.engine as 'sqlite' | 'pg'
const database = await prepareDatabase({ engine, rounds: 1, seconds: 1, clients: 1, tenants: 2 })
try {
  // Imported once the environment is set: the app reads it as it boots.
  const { boot } = await import('#tests/support/boot')
  const app = await boot(async () => {
    const { migrate } = await import('#tests/support/database')
    const { measure } = await import('./customers/measure.js')
    await migrate()
    const figures = await measure({
      folder: database.folder,
      lines: Number(flags.lines),
      runs: Number(flags.runs),
    })
    const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version }
    const document = { measured: new Date().toISOString(), engine, machine, ...figures }
    const file = flags.out ?? `bench/results/customers-${engine}.json`
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
    console.log(JSON.stringify(document, null, 2))
  })
  await app.terminate()
} finally {
  await database.drop()
}
