import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { newId } from '#app/core/ids'
import type { Trx } from '#app/core/transaction'
import type { EffectHandler } from '#app/core/work/contracts'
import type { Job, WorkSource } from '#app/core/work/job'
import { wakeWorker } from '#app/core/work/wake'
import { WorkTable, type WorkRow } from '#app/core/work/work_table'

export interface NewEffect {
  tenantId: string | null
  /** A name of `start/outbox.ts`. */
  effect: string
  /** Plain values, enough to do it late: ids rather than rows, and no secret. */
  payload: Record<string, unknown>
  /** Business time; at once when left out. */
  runAt?: DateTime
}

/** Writes down, in the transaction that causes it, what the worker shall do afterwards. */
export const addEffect = (trx: Trx, effect: NewEffect) => addEffects(trx, [effect])

/** The same of many at once, in one statement. */
export async function addEffects(trx: Trx, effects: NewEffect[]) {
  if (effects.length === 0) return
  const now = clock.now()
  await trx.table('outbox_effects').multiInsert(
    effects.map(({ tenantId, effect, payload, runAt }) => ({
      id: newId(),
      tenant_id: tenantId,
      effect,
      payload: JSON.stringify(payload),
      state: 'waiting',
      lane: tenantId ?? 'platform',
      attempts: 0,
      run_at: instantText(runAt ?? now),
      created_at: instantText(now),
    }))
  )
  trx.after('commit', wakeWorker)
}

interface EffectRow extends WorkRow {
  tenant_id: string | null
  effect: string
  payload: unknown
}

export type EffectHandlers = Record<string, new () => EffectHandler<any>>

/** The outbox as the worker drains it: each effect runs at least once, and may run twice. */
export class Outbox implements WorkSource {
  #table = new WorkTable<EffectRow>({
    table: 'outbox_effects',
    waiting: 'waiting',
    bornAt: 'created_at',
  })

  constructor(private handlers: EffectHandlers) {}

  async claim(limit: number): Promise<Job[]> {
    const { token, rows } = await this.#table.claim(limit)
    return rows.map((row) => {
      const claim = this.#table.claimOf(token, [row])
      return {
        release: () => this.#table.release(claim),
        run: () =>
          this.#table.attempt(claim, async () => {
            await this.#handle(row)
            const done = { state: 'done', finished_at: instantText(clock.now()), last_error: null }
            await this.#table.settle(db.connection(), claim, done)
          }),
      }
    })
  }

  async #handle({ id, effect, tenant_id: tenantId, payload }: EffectRow) {
    const Handler = Object.hasOwn(this.handlers, effect) ? this.handlers[effect] : undefined
    if (!Handler) throw new Error(`No handler for the effect ${effect}`)
    const values = typeof payload === 'string' ? JSON.parse(payload) : payload
    await new Handler().handle(values, { id, tenantId })
  }
}
