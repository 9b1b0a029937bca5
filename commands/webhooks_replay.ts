import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { DateTime } from 'luxon'
import type { ReplayedEvent, ReplayInput } from '#app/webhooks/actions/replay_webhook_events'

const STATES = ['received', 'processed', 'ignored', 'rejected', 'failed']
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

export default class WebhooksReplay extends BaseCommand {
  static commandName = 'webhooks:replay'
  static description = 'Put notifications back into the inbox, to be looked at again'
  static help = [
    'Without --id: all that failed, or those in --state. Safe at any time and as often as you like:',
    'the truth is fetched again, and nothing is posted twice. The worker does the rest.',
    '',
    'Exit code: 0 done, 1 an --id was not put back, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.array({ description: 'Id of a notification; may be repeated' })
  declare id?: string[]

  @flags.string({ description: `Those in this state: ${STATES.join(', ')}; failed when left out` })
  declare state?: string

  @flags.string({ description: 'Only those received since, e.g. 2026-11-21 or 2026-11-21T10:00Z' })
  declare since?: string

  @flags.number({ description: 'How many at most, the oldest first' })
  declare limit?: number

  @flags.boolean({ description: 'Show which, and change nothing' })
  declare dryRun: boolean

  @flags.boolean({ description: 'Print one JSON document instead of a table' })
  declare json: boolean

  async run() {
    const input = this.#input()
    if (typeof input === 'string') {
      this.logger.error(input)
      this.exitCode = 2
      return
    }
    // Loaded here: the help is shown without starting the app.
    const { ReplayWebhookEvents } = await import('#app/webhooks/actions/replay_webhook_events')
    const events = await new ReplayWebhookEvents().handle(input)
    if (this.json) this.logger.log(JSON.stringify({ dryRun: Boolean(this.dryRun), events }))
    else this.#printTable(events)
    if (this.id && events.length < new Set(this.id).size) this.exitCode = 1
  }

  /** What to do, or what is wrong with the flags. */
  #input(): ReplayInput | string {
    const { id, state, limit } = this
    const since =
      this.since === undefined ? undefined : DateTime.fromISO(this.since, { zone: 'utc' })
    if (id?.some((text) => !UUID.test(text))) return '--id needs the id of a notification'
    if (state !== undefined && !STATES.includes(state))
      return `--state is one of: ${STATES.join(', ')}`
    if (since && !since.isValid) return '--since needs a date or a time, e.g. 2026-11-21'
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
      return '--limit needs a whole number above zero'
    }
    return {
      ids: id,
      state: state as ReplayInput['state'],
      since,
      limit,
      dryRun: this.dryRun,
      actor: { kind: 'command' },
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
