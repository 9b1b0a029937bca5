/** `npm run bench -- <name> [flags]`; each benchmark's file says what it measures and its flags. */
const benchmarks: Record<string, () => Promise<unknown>> = {
  credentials: () => import('./credentials.js'),
  customers: () => import('./customers.js'),
  imports: () => import('./imports.js'),
  ledger: () => import('./ledger.js'),
  payouts: () => import('./payouts.js'),
  receivables: () => import('./receivables.js'),
  simulator: () => import('./simulator.js'),
  statement: () => import('./statement.js'),
  webhooks: () => import('./webhooks.js'),
}

const [name = ''] = process.argv.splice(2, 1)
if (!Object.hasOwn(benchmarks, name)) {
  console.error(`Name one of: ${Object.keys(benchmarks).join(', ')}`)
  process.exit(2)
}
await benchmarks[name]()
