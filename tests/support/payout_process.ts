/**
 * A process of its own on this run's database: runs the payouts that are due (`run`) or makes a
 * file of transfers (`batch`, with who makes it). With a number last it kills itself (-9) just
 * before its so-manieth statement; else it says how many there were.
 */
import { boot } from './boot.js'

const [what, userId, last] = process.argv.slice(2)
const dieAt = Number(last ?? 0)

const app = await boot(async () => {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { RunPayouts } = await import('#app/payouts/actions/run_payouts')
  const { MakeBatch } = await import('#app/payouts/actions/make_batch')
  let statements = 0
  const knex = db.connection().getWriteClient()
  // Each BEGIN and COMMIT is one, too.
  knex.on('query', () => {
    if (++statements === dieAt) process.kill(process.pid, 'SIGKILL')
  })
  const actor = { kind: 'command' } as const
  console.log('ready')
  if (what === 'run') await new RunPayouts().handle({ actor })
  else {
    await new MakeBatch().handle({ currency: 'BRL', userId, actor }).catch((error) => {
      if (error.constructor.name !== 'NothingToTransfer') throw error
    })
  }
  console.log(`statements ${statements}`)
})
await app.terminate()
