/**
 * What a payment costs the simulator, from the first thousand to the last: created, paid and
 * notified twice over HTTP. Beside itself: each thousand against the first one of the same run.
 *
 *   npm run bench -- simulator --store=memory
 *   npm run bench -- simulator --store=file
 *
 * Other flags: --rounds=5 --payments=10000 --clients=8 --out=<file>
 */
import { parseArgs } from 'node:util'
import { measure } from './simulator/measure.js'
import { report } from './simulator/report.js'

const { values: flags } = parseArgs({
  options: {
    store: { type: 'string', default: 'memory' },
    rounds: { type: 'string', default: '5' },
    payments: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '8' },
    out: { type: 'string' },
  },
})
if (flags.store !== 'memory' && flags.store !== 'file') {
  throw new Error('--store is "memory" or "file"')
}
const plan = {
  store: flags.store as 'memory' | 'file',
  rounds: Number(flags.rounds),
  payments: Number(flags.payments),
  clients: Number(flags.clients),
}
export type Plan = typeof plan

report(plan, await measure(plan), flags.out)
