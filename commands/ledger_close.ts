import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { CloseReport } from '#app/admin/actions/close_day'

export default class LedgerClose extends BaseCommand {
  static commandName = 'ledger:close'
  static description =
    'Close the day that has ended: what is owed to everybody is what lies at Mercado Pago'
  static help = [
    'Adds up, for each currency, what businesses have (pending, available, reserved), what the platform earned, and the rest, beside what lies at Mercado Pago by the ledger; runs the checks of ledger:verify; and keeps both as the close of the UTC day that ended last. A day closes once: run again, it shows how things stand now and keeps nothing.',
    '',
    'Exit code: 0 all agrees, 1 something does not: it is named.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    // Loaded here: the help is shown without starting the app.
    const { CloseDay } = await import('#app/admin/actions/close_day')
    const report = await new CloseDay().handle({ actor: { kind: 'command' } })
    if (!report.isSound) this.exitCode = 1
    if (this.json) return this.logger.log(JSON.stringify(report))
    this.#print(report)
  }

  #print({ day, isNew, positions, verification }: CloseReport) {
    const table = this.ui.table()
    const columns = ['pending', 'available', 'reserved', 'earned', 'other', 'gateway'] as const
    table.head(['currency (minor units)', ...columns])
    for (const position of positions) {
      table.row([
        position.currency,
        ...columns.map((name) => String(position[`${name}Minor` as const])),
      ])
    }
    if (positions.length > 0) table.render()
    for (const { currency, differences } of positions) {
      for (const { name, minor } of differences) {
        this.logger.error(`${currency} ${name} differs by ${minor}`)
      }
    }
    for (const { name, offences } of verification.checks) {
      if (offences > 0) this.logger.error(`${name}: ${offences} (see ledger:verify)`)
    }
    if (positions.length === 0) this.logger.info('No money has moved yet: nothing to close')
    else this.logger.info(isNew ? `${day} is closed` : `${day} was closed before`)
  }
}
