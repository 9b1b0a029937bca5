import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { ReleaseResult } from '#app/payments/actions/release_balances'

export default class BalancesRelease extends BaseCommand {
  static commandName = 'balances:release'
  static description = 'Ask for payments whose release is due, and make their money available'
  static help = [
    'What the provider has released moves from pending to available; what it still holds is asked for again later. It can be stopped anywhere and run again, and run twice at once.',
    '',
    'Exit code: 0 all is done, 1 some payments could not be asked for, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Show what is due, and ask for nothing' })
  declare dryRun: boolean

  @flags.string({ description: 'Slug of the only tenant to look at' })
  declare tenant?: string

  @flags.number({ description: 'How many payments to ask for at most' })
  declare limit?: number

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  async run() {
    if (this.limit !== undefined && !(Number.isSafeInteger(this.limit) && this.limit > 0)) {
      return this.#wrongUse('--limit needs a whole number above zero')
    }
    // Loaded here: the help is shown without starting the app.
    const { ReleaseBalances } = await import('#app/payments/actions/release_balances')
    const { tenant, limit, dryRun } = this
    const results: ReleaseResult[] = []
    const onResult = (result: ReleaseResult) => void results.push(result)
    const report = await new ReleaseBalances().handle({ tenant, limit, dryRun, onResult })
    if (report.state === 'unknown_tenant') return this.#wrongUse(`No tenant "${tenant}"`)
    if (report.failed > 0) this.exitCode = 1
    if (this.json) {
      this.logger.log(JSON.stringify({ ...report, dryRun: Boolean(dryRun), results }))
      return
    }
    const table = this.ui.table().head(['Payment', 'Outcome'])
    for (const { payment, outcome } of results) table.row([payment, outcome])
    if (results.length > 0) table.render()
    const { released, late, failed } = report
    this.logger.info(
      dryRun ? `${results.length} due` : `${released} released, ${late} late, ${failed} failed`
    )
  }

  #wrongUse(message: string) {
    this.logger.error(message)
    this.exitCode = 2
  }
}
