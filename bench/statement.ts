/**
 * What a tenant's statement, the balance of a past day and the charts cost with 100,000 movements,
 * beside 1,000 of the same year in the same database: the ratio of medians.
 *
 *   node --import=@poppinss/ts-exec bench/statement.ts --engine=sqlite
 *
 * Other flags: --few=1000 --many=100000 --runs=30
 */
import { parseArgs } from 'node:util'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    few: { type: 'string', default: '1000' },
    many: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '30' },
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
    const { measure } = await import('./statement/measure.js')
    await migrate()
    const sizes = { few: Number(flags.few), many: Number(flags.many), runs: Number(flags.runs) }
    console.log(JSON.stringify({ engine: plan.engine, ...(await measure(sizes)) }, null, 2))
  })
  await app.terminate()
} finally {
  await database.drop()
}
