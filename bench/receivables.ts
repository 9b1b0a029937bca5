/**
 * What the list costs a tenant with 50,000 receivables, beside one with fifty in the same database:
 * the ratio of medians by filter, for the rows, the totals, and both as the page shows them; and
 * what the 500th page costs beside the first.
 *
 *   npm run bench -- receivables --engine=sqlite
 *   BENCH_PG_URL=postgres://postgres@127.0.0.1:5432 npm run bench -- receivables --engine=pg
 *
 * Other flags: --rows=50000 --runs=40 --out=bench/results/receivables-sqlite.json
 * --only=rare (the filters with this in their names)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    rows: { type: 'string', default: '50000' },
    runs: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
  },
})
if (flags.engine !== 'sqlite' && flags.engine !== 'pg') {
  throw new Error('--engine is "sqlite" or "pg"')
}
const plan = {
  engine: flags.engine as 'sqlite' | 'pg',
  rounds: 1,
  seconds: 1,
  clients: 1,
  tenants: 2,
}
const database = await prepareDatabase(plan)
try {
  // Imported once the environment is set: the app reads it as it boots.
  const { boot } = await import('#tests/support/boot')
  const app = await boot(async () => {
    const { migrate } = await import('#tests/support/database')
    const { measure } = await import('./receivables/measure.js')
    await migrate()
    const [rows, runs] = [Number(flags.rows), Number(flags.runs)]
    const figures = await measure({ rows, runs, only: flags.only })
    const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version }
    const measured = new Date().toISOString()
    const document = { measured, engine: plan.engine, machine, rows, runs, ...figures }
    const file = flags.out ?? `bench/results/receivables-${plan.engine}.json`
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
    console.log(JSON.stringify(document, null, 2))
  })
  await app.terminate()
} finally {
  await database.drop()
}
