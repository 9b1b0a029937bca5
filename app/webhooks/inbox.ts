import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction, type Trx } from '#app/core/transaction'
import type { Notification, Verdict } from '#app/core/work/contracts'
import type { Job, WorkSource } from '#app/core/work/job'
import { WorkTable, type Claim, type WorkRow } from '#app/core/work/work_table'
import type { WebhookWiring } from '#app/webhooks/wiring'

interface InboxRow extends WorkRow {
  topic: string
  resource_id: string
  mp_user_id: string | null
  signature: Notification['signature']
}

/** Rows that say the same: one look at the provider answers them all. */
const sameNews = ({ topic, resource_id, mp_user_id, signature }: InboxRow) =>
  JSON.stringify([topic, resource_id, mp_user_id, signature])

/** The inbox as the worker drains it. */
export class Inbox implements WorkSource {
  #table = new WorkTable<InboxRow>({
    table: 'webhook_events',
    waiting: 'received',
    bornAt: 'received_at',
  })

  constructor(private topics: WebhookWiring['topics']) {}

  async claim(limit: number): Promise<Job[]> {
    const { token, rows } = await this.#table.claim(limit)
    const groups = new Map<string, InboxRow[]>()
    for (const row of [...rows, ...(await this.#twins(token, rows))]) {
      groups.set(sameNews(row), [...(groups.get(sameNews(row)) ?? []), row])
    }
    return [...groups.values()].map((group) => this.#job(token, group))
  }

  /** Other waiting rows of the same resources, due or not. */
  async #twins(token: string, rows: InboxRow[]): Promise<InboxRow[]> {
    if (rows.length === 0) return []
    const pairs = rows.map(() => '(?, ?)').join(', ')
    const selection = this.#table.freeRows(
      db.connection(),
      `(topic, resource_id) in (values ${pairs})`
    )
    const bindings = rows.flatMap((row) => [row.topic, row.resource_id])
    return this.#table.lease(db.connection(), token, selection, bindings)
  }

  #job(token: string, group: InboxRow[]): Job {
    const claim = this.#table.claimOf(token, group)
    return {
      release: () => this.#table.release(claim),
      run: () => this.#table.attempt(claim, () => this.#handle(claim, group[0])),
    }
  }

  async #handle(claim: Claim, row: InboxRow) {
    const notification: Notification = {
      eventId: row.id,
      topic: row.topic,
      resourceId: row.resource_id,
      mpUserId: row.mp_user_id,
      signature: row.signature,
    }
    let completed = false
    const complete = async (trx: Trx, verdict: Verdict) => {
      await this.#table.settle(trx, claim, endedBy(verdict))
      completed = true
    }
    const handlers = Object.hasOwn(this.topics, row.topic) ? this.topics[row.topic] : []
    for (const Handler of handlers) {
      if (!(await new Handler().handle(notification, complete))) continue
      if (!completed) throw new Error(`${Handler.name} took ${row.topic} and did not complete it`)
      return
    }
    await transaction((trx) => complete(trx, { state: 'ignored', reason: 'no_handler' }))
  }
}

const endedBy = ({ state, reason, tenantId }: Verdict) => ({
  state,
  reason: reason ?? null,
  ...(tenantId ? { tenant_id: tenantId } : {}),
  last_error: null,
  finished_at: instantText(clock.now()),
})
