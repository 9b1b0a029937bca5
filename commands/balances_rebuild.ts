import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Rebuilt } from '#app/ledger/actions/rebuild_balances'

export default class BalancesRebuild extends BaseCommand {
  static commandName = 'balances:rebuild'
  static description = 'Make the balances of tenants what their ledger entries say'
  static help = [
    'May run at any time: each balance is locked while it is summed. A balance that differs is a sign of a fault: look for its cause before you rebuild.',
    '',
    'Exit code: 0 done, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Show what would change, and change nothing' })
  declare dryRun: boolean

  @flags.string({ description: 'Slug of the only tenant to look at' })
  declare tenant?: string

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    // Loaded here: the help is shown without starting the app.
    const { RebuildBalances } = await import('#app/ledger/actions/rebuild_balances')
    const { tenant, dryRun } = this
    const changes: Rebuilt[] = []
    const report = await new RebuildBalances().handle({
      tenant,
      dryRun,
      onChange: (rebuilt) => changes.push(rebuilt),
    })
    if (report.state === 'unknown_tenant') {
      this.logger.error(`No tenant "${tenant}"`)
      this.exitCode = 2
      return
    }
    if (this.json) {
      this.logger.log(JSON.stringify({ ...report, dryRun: Boolean(dryRun), changes }))
      return
    }
    for (const change of changes) this.logger.log(JSON.stringify(change))
    const verb = dryRun ? 'would change' : 'changed'
    this.logger.info(`${report.seen} balances seen, ${report.changed} ${verb}`)
  }
}
