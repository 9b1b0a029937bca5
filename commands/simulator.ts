import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { RunningSimulator } from '#app/simulator/main'

/** Runs without the application: it needs neither a database nor any setting. */
export default class SimulatorCommand extends BaseCommand {
  static commandName = 'simulator'
  static description = 'Start a Mercado Pago of your own, with payments that nobody has to pay'
  static help = [
    'Open the printed address in a browser: it explains itself. Ctrl-C ends it;',
    'what happened stays in the file, and goes on with the next start.',
    'docs/simulator.md describes the rest.',
    '',
    'A free port, and nothing that stays:',
    '  npm run simulator -- --port=0 --memory',
    '',
    'Accounts and applications of your own, told where yours answers:',
    '  npm run simulator -- --scenario=docs/examples/scenario.json \\',
    '    --app-url=http://127.0.0.1:8080',
  ]
  static options: CommandOptions = { startApp: false, staysAlive: true }

  @flags.number({ description: 'Port to listen on; 0 takes a free one', default: 4010 })
  declare port: number

  @flags.string({ description: 'Address to listen on', default: '127.0.0.1' })
  declare host: string

  @flags.string({ description: 'File that keeps the state', default: 'storage/simulator.sqlite3' })
  declare file: string

  @flags.boolean({ description: 'Keep the state in memory only' })
  declare memory: boolean

  @flags.string({ description: 'JSON file with the applications and accounts to begin with' })
  declare scenario: string

  @flags.string({ description: 'Where the application answers: its webhooks are sent there' })
  declare appUrl: string

  @flags.boolean({ description: 'Print address and accounts as one line of JSON' })
  declare json: boolean

  async run() {
    const { startSimulator, describeStartFailure, readScenario } =
      await import('#app/simulator/main')
    const { port, host } = this
    const file = this.memory ? ':memory:' : this.app.makePath(this.file)
    try {
      const simulator = await startSimulator({
        port,
        host,
        file,
        scenario: this.scenario ? readScenario(this.app.makePath(this.scenario)) : undefined,
        appUrl: this.appUrl,
      })
      this.app.terminating(() => simulator.close())
      this.#print(simulator)
    } catch (error) {
      this.logger.error(describeStartFailure(error, { port, host, file }))
      this.exitCode = 1
      await this.app.terminate()
    }
  }

  #print(simulator: RunningSimulator) {
    const { url, accounts, applications } = simulator
    if (this.json) {
      console.log(JSON.stringify({ url, accounts, applications }))
      return
    }
    this.logger.success(`The simulator of Mercado Pago answers at ${url}: open it in a browser`)
    const table = this.ui.table().head(['Account', 'Site', 'Id', 'Access token'])
    for (const account of accounts) {
      table.row([account.nickname, account.site_id, String(account.id), account.access_token])
    }
    table.render()
    for (const application of applications) {
      this.logger.info(`Application ${application.client_id} tells ${application.webhook_url}`)
      this.logger.info(`  signed with ${application.webhook_secret}`)
    }
    if (simulator.resumed) this.#printResumed()
  }

  #printResumed() {
    this.logger.info(`It goes on with what ${this.file} holds`)
    if (this.scenario || this.appUrl) {
      this.logger.warning('--scenario and --app-url count for an empty file, or after a reset')
    }
  }
}
