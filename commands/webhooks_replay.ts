import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { DateTime } from 'luxon'
import type { Replayed, ReplayedEvent } from '#app/webhooks/actions/replay_webhook_events'
import type { EventFilter } from '#app/webhooks/queries/event_filter'

const STATES = ['received', 'processed', 'ignored', 'rejected', 'failed'] as const
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Flags that cannot be understood; the message says which and why. */
class WrongUse extends Error {}

export default class WebhooksReplay extends BaseCommand {
  static commandName = 'webhooks:replay'
  static description = 'Put notifications back into the inbox, to be looked at again'
  static help = [
    'Without --id: all that failed, or those in --state, as far as the other flags fit. Safe at any',
    'time and as often as you like: the truth is fetched again, and nothing is posted twice. Forged',
    'ones, those that point at nothing and those at work are left alone. The worker does the rest;',
    'what became of them is shown at /admin/webhooks?replay=<id>.',
    '',
    '  webhooks:replay --dry-run',
    '  webhooks:replay --state=rejected --reason=invalid_tenant --account=1234567 --since=2026-11-20',
    '  webhooks:replay --about=98765432101 --state=any --json',
    '',
    'Exit code: 0 done, 1 an --id was not put back, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.array({ description: 'Id of a notification; may be repeated' })
  declare id?: string[]

  @flags.string({
    description: `Those in this state: ${STATES.join(', ')}, any; failed when left out`,
  })
  declare state?: string

  @flags.string({ description: 'Those with this reason, e.g. invalid_tenant' })
  declare reason?: string

  @flags.string({ description: 'Those of this topic, e.g. payment' })
  declare topic?: string

  @flags.string({ description: 'Those of this Mercado Pago user' })
  declare account?: string

  @flags.string({ description: 'Those that turned out to be of this business: its address or id' })
  declare tenant?: string

  @flags.string({ description: 'Those about this payment or resource, or with this own id' })
  declare about?: string

  @flags.string({ description: 'Only those received since, e.g. 2026-11-21 or 2026-11-21T10:00Z' })
  declare since?: string

  @flags.string({ description: 'Only those received before' })
  declare until?: string

  @flags.number({ description: 'How many at most, the oldest first' })
  declare limit?: number

  @flags.boolean({ description: 'Show which, and change nothing' })
  declare dryRun: boolean

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  async run() {
    try {
      await this.#replay()
    } catch (error) {
      if (!(error instanceof WrongUse)) throw error
      this.logger.error(error.message)
      this.exitCode = 2
    }
  }

  async #replay() {
    const { id: ids, limit, dryRun } = this
    this.#check()
    // Loaded here: the help is shown without starting the app.
    const { ReplayWebhookEvents } = await import('#app/webhooks/actions/replay_webhook_events')
    const which = { ...(await this.#filter()), ids, limit, dryRun }
    const replayed = await new ReplayWebhookEvents().handle({
      ...which,
      actor: { kind: 'command' },
    })
    this.#tell(replayed)
    if (ids && replayed.events.length < new Set(ids).size) this.exitCode = 1
  }

  /** @throws WrongUse */
  #check() {
    const { id, limit, account } = this
    if (id?.some((text) => !UUID.test(text))) {
      throw new WrongUse('--id needs the id of a notification')
    }
    if (account !== undefined && !/^\d{1,24}$/.test(account)) {
      throw new WrongUse('--account needs the number of a Mercado Pago user')
    }
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
      throw new WrongUse('--limit needs a whole number above zero')
    }
  }

  async #filter(): Promise<EventFilter> {
    const { reason, topic, account, about } = this
    return {
      ...{ reason, topic, states: this.#states(), collectorId: account },
      ...{ since: instantOf('since', this.since), until: instantOf('until', this.until) },
      tenantIds: await this.#tenantIds(),
      about: about === undefined ? undefined : await withOrders(about),
    }
  }

  #states(): EventFilter['states'] {
    if (this.state === undefined) return undefined
    if (this.state === 'any') return STATES
    const state = STATES.find((one) => one === this.state)
    if (!state) throw new WrongUse(`--state is one of: ${STATES.join(', ')}, any`)
    return [state]
  }

  async #tenantIds(): Promise<string[] | undefined> {
    if (this.tenant === undefined) return undefined
    const { default: Tenant } = await import('#app/tenants/models/tenant')
    const found = await Tenant.findBy(UUID.test(this.tenant) ? 'id' : 'slug', this.tenant)
    if (!found) throw new WrongUse('--tenant needs the address or the id of a business')
    return [found.id]
  }

  #tell({ replayId, events }: Replayed) {
    if (this.json) {
      this.logger.log(JSON.stringify({ dryRun: Boolean(this.dryRun), replayId, events }))
    } else {
      this.#printTable(events)
    }
  }

  #printTable(events: ReplayedEvent[]) {
    const table = this.ui.table().head(['Id', 'Topic', 'Resource', 'State', 'Reason'])
    for (const { id, topic, resourceId, state, reason } of events) {
      table.row([id, topic, resourceId, state, reason ?? ''])
    }
    if (events.length > 0) table.render()
    this.logger.info(`${events.length} ${this.dryRun ? 'would be' : 'were'} put back`)
  }
}

function instantOf(flag: string, text: string | undefined): DateTime | undefined {
  if (text === undefined) return undefined
  const instant = DateTime.fromISO(text, { zone: 'utc' })
  if (!instant.isValid) throw new WrongUse(`--${flag} needs a date or a time, e.g. 2026-11-21`)
  return instant
}

/** News of a payment also came as news of the purchase that it was tried in. */
async function withOrders(id: string): Promise<string[]> {
  const { ordersOfPayment } = await import('#app/payments/queries/orders_of_payment')
  return [id, ...(await ordersOfPayment(id))]
}
