import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Progress } from '#app/core/progress'
import type { CheckTenants, Obstacle, TenantCheck } from '#app/gateway/actions/check_tenants'

type Report = Awaited<ReturnType<CheckTenants['handle']>>

export default class GatewayCheck extends BaseCommand {
  static commandName = 'gateway:check'
  static description = 'Say which businesses could not charge at this moment, and why'
  static help = [
    'Decides for each store of each active business which account would take the money, as a new',
    'charge would, and asks Mercado Pago with that account: each account is asked once. Platform',
    'accounts are asked too. Issues nothing, and may run at any time.',
    '',
    'Exit code: 0 all can charge, 1 some cannot, 2 wrong use, 3 some could not be verified.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({
    description: 'Address or id of the only business to look at, whatever its state',
  })
  declare tenant?: string

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  #results: TenantCheck[] = []

  async run() {
    // Loaded here: the help is shown without starting the app.
    const { namedTenant } = await import('#app/tenants/queries/named_tenant')
    const tenant = this.tenant === undefined ? undefined : await namedTenant(this.tenant)
    if (tenant === null) {
      this.logger.error(`No business "${this.tenant}"`)
      this.exitCode = 2
      return
    }
    const actions = await import('#app/gateway/actions/check_tenants')
    const progress = new Progress(!this.json)
    const report = await new actions.CheckTenants().handle({
      tenantId: tenant?.id,
      onStart: (count) => progress.start(count),
      onResult: (result) => {
        this.#results.push(result)
        progress.step()
      },
    })
    progress.end()
    await this.#tell(report)
    this.exitCode = exitCodeOf(report)
  }

  async #tell({ counts, accounts }: Report) {
    const { default: i18nManager } = await import('@adonisjs/i18n/services/main')
    const i18n = i18nManager.locale('en')
    const wordsOf = ({ key, params }: Obstacle) => i18n.t(key, params)
    if (this.json) {
      const tenants = this.#results.map((result) => ({
        ...result,
        obstacles: result.obstacles.map((one) => ({ ...one, words: wordsOf(one) })),
      }))
      return this.logger.log(JSON.stringify({ counts, accounts, tenants }))
    }
    const table = this.ui.table().head(['Business', 'Mode', 'Stores', 'Why it could not charge'])
    for (const { tenant, mode, obstacles } of this.#results) {
      for (const one of obstacles) {
        table.row([tenant, mode, one.stores.join(', ') || 'all', wordsOf(one)])
      }
    }
    if (counts.cannot_charge + counts.unknown > 0) table.render()
    for (const { account, currency, outcome } of accounts) {
      const words = outcome === 'well' ? 'answers' : i18n.t(`guardian.check.${outcome}`)
      this.logger.log(`Platform account ${account} (${currency}): ${words}`)
    }
    const { can_charge: can, cannot_charge: cannot, unknown } = counts
    this.logger.info(`${can} can charge, ${cannot} cannot, ${unknown} could not be verified`)
  }
}

function exitCodeOf({ counts, accounts }: Report): number {
  const bad = accounts.filter(({ outcome }) => outcome !== 'well')
  const isSilent = bad.every(({ outcome }) => outcome === 'not_answered')
  if (counts.cannot_charge > 0 || !isSilent) return 1
  return counts.unknown > 0 || bad.length > 0 ? 3 : 0
}
