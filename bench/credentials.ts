/**
 * P6: what the credential of a charge costs: kept in memory (warm), and read anew (cold) beside a
 * SELECT of the same row by its primary key.
 *
 *   npm run bench -- credentials --engine=sqlite
 *   BENCH_PG_URL=postgres://postgres@127.0.0.1:5432 npm run bench -- credentials --engine=pg
 *
 * Other flags: --rounds=7 --times=2000 --out=bench/results/credentials-pg.json
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '7' },
    times: { type: 'string', default: '2000' },
    out: { type: 'string' },
  },
})
if (flags.engine !== 'sqlite' && flags.engine !== 'pg') {
  throw new Error('--engine is "sqlite" or "pg"')
}
const engine: 'sqlite' | 'pg' = flags.engine
const plan = { engine, rounds: Number(flags.rounds), times: Number(flags.times) }

const database = await prepareDatabase({ ...plan, seconds: 0, clients: 1, tenants: 1 })
try {
  const { boot } = await import('#tests/support/boot')
  const app = await boot(async () => {
    const { migrate } = await import('#tests/support/database')
    const { measure } = await import('./credentials/measure.js')
    await migrate()
    const document = {
      what: 'P6: the credential of a charge, beside a SELECT by primary key',
      at: new Date().toISOString(),
      machine: `${cpus().length} × ${cpus()[0].model}`,
      node: process.version,
      plan,
      ...(await measure(plan)),
    }
    console.log(JSON.stringify(document, null, 2))
    const file = flags.out ?? `bench/results/credentials-${engine}.json`
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
  })
  await app.terminate()
} finally {
  await database.drop()
}
