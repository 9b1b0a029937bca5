/**
 * P3: what one posting of an approved payment costs, beside the same database's own yardstick: on
 * PostgreSQL pgbench's simple-update, on SQLite the same statements straight on the driver.
 *
 *   node --import=@poppinss/ts-exec bench/ledger.ts --engine=sqlite
 *   BENCH_PG_URL=postgres://postgres@127.0.0.1:5432 node --import=@poppinss/ts-exec bench/ledger.ts --engine=pg
 *
 * Other flags: --rounds=5 --seconds=4 --clients=4 --tenants=1000 --out=bench/results/ledger.json
 */
import { parseArgs } from 'node:util'
import { report } from './ledger/report.js'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    clients: { type: 'string', default: '4' },
    tenants: { type: 'string', default: '1000' },
    out: { type: 'string' },
  },
})
if (flags.engine !== 'sqlite' && flags.engine !== 'pg') {
  throw new Error('--engine is "sqlite" or "pg"')
}
const plan = {
  engine: flags.engine as 'sqlite' | 'pg',
  rounds: Number(flags.rounds),
  seconds: Number(flags.seconds),
  // SQLite has one connection: more clients only queue.
  clients: flags.engine === 'sqlite' ? 1 : Number(flags.clients),
  tenants: Number(flags.tenants),
}
export type Plan = typeof plan

const database = await prepareDatabase(plan)
try {
  // Imported once the environment is set: the app reads it as it boots.
  const { boot } = await import('#tests/support/boot')
  const app = await boot(async () => {
    const { migrate } = await import('#tests/support/database')
    const { measure } = await import('./ledger/measure.js')
    await migrate()
    await report(plan, await measure(plan, database), flags.out)
  })
  await app.terminate()
} finally {
  await database.drop()
}
