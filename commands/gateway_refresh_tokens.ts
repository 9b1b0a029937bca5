import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Progress } from '#app/core/progress'
import type { RefreshCounts, RefreshResult } from '#app/gateway/actions/refresh_tokens'

export default class GatewayRefreshTokens extends BaseCommand {
  static commandName = 'gateway:refresh-tokens'
  static description = 'Renew the tokens of connected accounts'
  static help = [
    'Renews those whose time has come, as the schedule does every hour; --force renews all. Each',
    'token is renewed once however many processes run, and it can be stopped anywhere and run again.',
    '',
    '  gateway:refresh-tokens --dry-run',
    '  gateway:refresh-tokens --tenant=perfumaria-aurora --force --json',
    '',
    'Exit code: 0 all is well, 1 an account must be authorised again by its owner, 2 wrong use,',
    '3 Mercado Pago did not renew some: the schedule tries them again.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Only those whose time has come; the same as without it' })
  declare due: boolean

  @flags.string({ description: 'Address or id of the only business to look at' })
  declare tenant?: string

  @flags.boolean({ description: 'Also those whose time has not come yet' })
  declare force: boolean

  @flags.boolean({ description: 'Show which would be renewed, and renew none' })
  declare dryRun: boolean

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  #results: RefreshResult[] = []

  async run() {
    if (this.due && this.force) return this.#wrongUse('--due and --force exclude each other')
    // Loaded here: the help is shown without starting the app.
    const { namedTenant } = await import('#app/tenants/queries/named_tenant')
    const tenant = this.tenant === undefined ? undefined : await namedTenant(this.tenant)
    if (tenant === null) return this.#wrongUse(`No business "${this.tenant}"`)
    const { RefreshTokens, countForPerson } = await import('#app/gateway/actions/refresh_tokens')
    const progress = new Progress(!this.json)
    const counts = await new RefreshTokens().handle({
      tenantId: tenant?.id,
      force: this.force,
      dryRun: this.dryRun,
      actor: { kind: 'command' },
      onStart: (count) => progress.start(count),
      onResult: (result) => {
        this.#results.push(result)
        progress.step()
      },
    })
    progress.end()
    const forPerson = await countForPerson(tenant?.id)
    this.#tell(counts, forPerson)
    if (forPerson > 0) this.exitCode = 1
    else if (counts.failed > 0) this.exitCode = 3
  }

  #wrongUse(message: string) {
    this.logger.error(message)
    this.exitCode = 2
  }

  #tell(counts: RefreshCounts, forPerson: number) {
    if (this.json) {
      const document = { dryRun: Boolean(this.dryRun), counts, forPerson, results: this.#results }
      return this.logger.log(JSON.stringify(document))
    }
    const table = this.ui.table().head(['Business', 'Account', 'Outcome', 'Ends'])
    for (const { tenant, label, outcome, reason, expiresAt } of this.#results) {
      table.row([tenant, label, reason ? `${outcome}: ${reason}` : outcome, expiresAt ?? ''])
    }
    if (this.#results.length > 0) table.render()
    const { due, renewed, reused, refused, failed } = counts
    const done = `${renewed + reused} renewed, ${refused} refused, ${failed} not answered`
    this.logger.info(this.dryRun ? `${due} would be renewed` : done)
    if (forPerson > 0) this.logger.warning(`${forPerson} must be authorised again by their owners`)
  }
}
