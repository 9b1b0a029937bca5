/**
 * P1: what a webhook costs at the door (verified, deduplicated, durable, answered), beside a bare
 * `node:http` server that checks the same signature and makes one INSERT per request.
 *
 *   npm run bench -- webhooks --engine=sqlite
 *   BENCH_PG_URL=postgres://postgres@127.0.0.1:5432 npm run bench -- webhooks --engine=pg
 *
 * Other flags: --rounds=5 --seconds=5 --connections=50 --worker=off|inline --out=<file>
 */
import { parseArgs } from 'node:util'
import { prepare } from './webhooks/database.js'
import { measure } from './webhooks/measure.js'
import { report } from './webhooks/report.js'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '50' },
    worker: { type: 'string', default: 'off' },
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
  connections: Number(flags.connections),
  worker: flags.worker,
}
export type Plan = typeof plan

const database = await prepare(plan)
try {
  await report(plan, database, await measure(plan, database), flags.out)
} finally {
  await database.drop()
}
