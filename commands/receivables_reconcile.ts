import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { ReconcileResult } from '#app/payments/actions/reconcile_receivables'

const DAYS = 3
const MOST_DAYS = 180

export default class ReceivablesReconcile extends BaseCommand {
  static commandName = 'receivables:reconcile'
  static description = 'Find what notifications never told: pending charges, unknown payments'
  static help = [
    'Asks the provider for charges that stay pending, and searches every platform account for payments that changed lately and that we do not know as they are. After a standstill it goes back to where the last search ended; --days goes further.',
    '',
    'Exit code: 0 all is done, 1 something could not be asked for, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Show what would be asked for or settled, and change nothing' })
  declare dryRun: boolean

  @flags.string({ description: 'Slug of the only tenant to look at; no account is searched' })
  declare tenant?: string

  @flags.number({ description: 'How many charges, and how many found payments, at most' })
  declare limit?: number

  @flags.number({ description: `How far back to search, 0 to ${MOST_DAYS}; default ${DAYS}` })
  declare days?: number

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  async run() {
    const { tenant, limit, dryRun, days = DAYS } = this
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
      return this.#wrongUse('--limit needs a whole number above zero')
    }
    if (!Number.isSafeInteger(days) || days < 0 || days > MOST_DAYS) {
      return this.#wrongUse(`--days needs a whole number from 0 to ${MOST_DAYS}`)
    }
    // Loaded here: the help is shown without starting the app.
    const { ReconcileReceivables } = await import('#app/payments/actions/reconcile_receivables')
    const results: ReconcileResult[] = []
    const onResult = (result: ReconcileResult) => void results.push(result)
    const report = await new ReconcileReceivables().handle({
      tenant,
      limit,
      days,
      dryRun,
      onResult,
    })
    if (report.state === 'unknown_tenant') return this.#wrongUse(`No tenant "${tenant}"`)
    if (report.failed > 0) this.exitCode = 1
    if (this.json) {
      this.logger.log(JSON.stringify({ ...report, dryRun: Boolean(dryRun), results }))
      return
    }
    for (const { outcome, ...about } of results) {
      this.logger.log(`${outcome}: ${Object.values(about).join(' ')}`)
    }
    const { asked, found, failed } = report
    this.logger.info(`${asked} charges asked for, ${found} payments with news, ${failed} failed`)
  }

  #wrongUse(message: string) {
    this.logger.error(message)
    this.exitCode = 2
  }
}
