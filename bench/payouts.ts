/**
 * P10: what a run of payouts costs per tenant, over more and more tenants, beside a batch insert of
 * as many rows into the payouts' table in the same database. Linear: the cost per tenant stays.
 *
 *   node --import=@poppinss/ts-exec bench/payouts.ts --engine=sqlite --sizes=1000,10000
 *
 * Other flags: --out=bench/results/payouts-sqlite.json
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { prepareDatabase } from './ledger/database.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    sizes: { type: 'string', default: '1000,10000' },
    out: { type: 'string' },
  },
})
if (flags.engine !== 'sqlite' && flags.engine !== 'pg') {
  throw new Error('--engine is "sqlite" or "pg"')
}
const engine = flags.engine as 'sqlite' | 'pg'
const plan = { engine, rounds: 1, seconds: 1, clients: 1, tenants: 1 }
const database = await prepareDatabase(plan)
try {
  // Imported once the environment is set: the app reads it as it boots.
  const { boot } = await import('#tests/support/boot')
  const app = await boot(async () => {
    const { freshDatabase } = await import('#tests/support/database')
    const { measure } = await import('./payouts/measure.js')
    const sizes = flags.sizes.split(',').map(Number)
    const measured = await measure({ sizes, empty: freshDatabase })
    const document = {
      what: 'P10: a run of payouts, milliseconds for each tenant, beside a batch insert',
      at: new Date().toISOString(),
      machine: `${cpus().length} × ${cpus()[0].model}`,
      node: process.version,
      durability: { pg: 'fsync=on, synchronous_commit=on (defaults)', sqlite: 'WAL, FULL' }[engine],
      ...measured,
    }
    const text = JSON.stringify(document, null, 2)
    console.log(text)
    if (flags.out) writeFileSync(flags.out, `${text}\n`)
  })
  await app.terminate()
} finally {
  await database.drop()
}
