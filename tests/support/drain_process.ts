/**
 * A worker of its own on this run's database: drains what is due and ends. With a number as its
 * argument it kills itself (-9) just before its so-manieth statement, which no code of ours sees.
 */
import { boot } from './boot.js'

const dieAt = Number(process.argv[2] ?? 0)

const app = await boot(async () => {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { drainWork } = await import('#tests/support/work')
  let statements = 0
  const knex = db.connection().getWriteClient()
  // Each BEGIN and COMMIT is one, too.
  knex.on('query', () => {
    if (++statements === dieAt) process.kill(process.pid, 'SIGKILL')
  })
  await drainWork()
  console.log(statements)
})
await app.terminate()
