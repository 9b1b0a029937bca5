import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class LedgerVerify extends BaseCommand {
  static commandName = 'ledger:verify'
  static description = 'Prove that the books are sound'
  static help = [
    'Every transaction sums to zero, every balance equals its entries, every payment, refund and dispute is posted exactly once, and the triggers that keep the ledger append-only exist. Changes nothing and may run at any time.',
    '',
    'Exit code: 0 all is sound, 1 something is not: the rows are named.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    // Loaded here: the help is shown without starting the app.
    const { VerifyLedger } = await import('#app/ledger/actions/verify_ledger')
    const { postingChecks } = await import('#app/payments/queries/posting_checks')
    const report = await new VerifyLedger().handle(postingChecks)
    if (!report.isSound) this.exitCode = 1
    if (this.json) return this.logger.log(JSON.stringify(report))
    for (const { name, offences, rows } of report.checks) {
      if (offences === 0) {
        this.logger.success(name)
        continue
      }
      this.logger.error(`${name}: ${offences}`)
      for (const row of rows) this.logger.log(`  ${JSON.stringify(row)}`)
      if (rows.length < offences) this.logger.log(`  and ${offences - rows.length} more`)
    }
  }
}
