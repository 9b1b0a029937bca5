/**
 * What the first page of the list costs a tenant with 50,000 receivables, beside one with fifty in
 * the same database: the ratio of medians, by filter.
 *
 *   node --import=@poppinss/ts-exec bench/receivables.ts --engine=sqlite
 *
 * Other flags: --rows=50000 --runs=40
 */
import { parseArgs } from 'node:util'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    rows: { type: 'string', default: '50000' },
    runs: { type: 'string', default: '40' },
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
    const ratios = await measure({ rows: Number(flags.rows), runs: Number(flags.runs) })
    console.log(JSON.stringify({ engine: plan.engine, ...ratios }, null, 2))
  })
  await app.terminate()
} finally {
  await database.drop()
}
