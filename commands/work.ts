import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class Work extends BaseCommand {
  static commandName = 'work'
  static description = 'Drain inbox and outbox and run the schedules in a process of its own'
  static help = [
    'For PostgreSQL: start as many as you like, beside any number of web processes. With SQLite the',
    'web process does this work itself, as only one process may write.',
    '',
    'Ends on SIGTERM: claims nothing more and finishes what runs. Exit code 2: wrong use.',
  ]
  static options: CommandOptions = { startApp: true, staysAlive: true }

  async run() {
    const { default: env } = await import('#start/env')
    if (env.get('DB_CONNECTION') !== 'pg') {
      this.logger.error(
        'With SQLite the web process does this work: "work" needs DB_CONNECTION=pg.'
      )
      this.exitCode = 2
      return this.terminate()
    }
    const [{ Worker }, { workload }, { clock }] = await Promise.all([
      import('#app/core/work/worker'),
      import('#start/worker'),
      import('#app/core/clock'),
    ])
    const url = env.get('CLOCK_URL')
    if (url) await clock.follow(url, { poll: true }).catch(() => {})
    const worker = new Worker(workload())
    this.app.terminating(() => worker.stop())
    await worker.start()
    this.logger.info(`working as ${worker.id}`)
  }
}
