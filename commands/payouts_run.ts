import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { toDecimal } from '#app/core/money'
import type { RunReport, RunResult } from '#app/payouts/actions/run_payouts'

const LINE_EVERY = 500
const BAR_EVERY_MS = 100
const BAR_WIDTH = 30

export default class PayoutsRun extends BaseCommand {
  static commandName = 'payouts:run'
  static description = 'Request the payouts that are due for tenants with automatic transfer'
  static help = [
    'Creates one payout per tenant, currency and date of the schedule that the tenant has chosen,',
    'as "requested". It can be stopped anywhere and run again, and run twice at once.',
    '',
    'Exit code: 0 all is done, 1 some payouts could not be created, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Show what would be created, and create nothing' })
  declare dryRun: boolean

  @flags.string({ description: 'Slug of the only tenant to look at' })
  declare tenant?: string

  @flags.number({ description: 'How many payouts to create at most' })
  declare limit?: number

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  #results: RunResult[] = []
  #tenants = 0
  #drawnAt = 0

  async run() {
    if (this.limit !== undefined && !(Number.isSafeInteger(this.limit) && this.limit > 0)) {
      return this.#wrongUse('--limit needs a whole number above zero')
    }
    // Loaded here: the help is shown without starting the app.
    const { RunPayouts } = await import('#app/payouts/actions/run_payouts')
    const report = await new RunPayouts().handle({
      tenant: this.tenant,
      limit: this.limit,
      dryRun: this.dryRun,
      actor: { kind: 'command' },
      onStart: (tenants) => (this.#tenants = tenants),
      onResult: (result) => this.#note(result),
    })
    this.#endBar()
    if (report.state === 'unknown_tenant') return this.#wrongUse(`No tenant "${this.tenant}"`)
    if (this.json) this.#printJson(report)
    else this.#printTable(report)
    if (report.state === 'done' && report.failed > 0) this.exitCode = 1
  }

  #wrongUse(message: string) {
    this.logger.error(message)
    this.exitCode = 2
  }

  #note(result: RunResult) {
    this.#results.push(result)
    if (process.stderr.isTTY) return this.#drawBar()
    if (this.#results.length % LINE_EVERY === 0) {
      process.stderr.write(`${this.#results.length} of ${this.#tenants} tenants seen\n`)
    }
  }

  #drawBar() {
    const seen = this.#results.length
    const now = performance.now()
    if (seen < this.#tenants && now - this.#drawnAt < BAR_EVERY_MS) return
    this.#drawnAt = now
    const share = Math.min(1, seen / Math.max(1, this.#tenants))
    const bar = '#'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '.')
    process.stderr.write(`\r[${bar}] ${Math.floor(share * 100)} % · ${seen}/${this.#tenants}`)
  }

  #endBar() {
    if (process.stderr.isTTY && this.#drawnAt > 0) process.stderr.write('\n')
  }

  #printJson(report: RunReport) {
    const document = { ...report, dryRun: Boolean(this.dryRun), results: this.#results }
    this.logger.log(JSON.stringify(document))
  }

  #printTable(report: RunReport) {
    if (report.state !== 'done') {
      this.logger.info('Automatic transfer is switched off in the gateway settings')
      return
    }
    const table = this.ui.table().head(['Tenant', 'Date', 'Outcome', 'Amount'])
    for (const result of this.#results) {
      const outcome = result.outcome === 'skipped' ? `skipped: ${result.reason}` : result.outcome
      const amount = result.outcome === 'created' ? toDecimal(result) + ' ' + result.currency : ''
      table.row([result.tenant, result.date, outcome, amount])
    }
    if (this.#results.length > 0) table.render()
    const verb = this.dryRun ? 'would be created' : 'created'
    this.logger.info(`${report.created} ${verb}, ${report.failed} failed`)
  }
}
