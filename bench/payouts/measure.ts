import db from '@adonisjs/lucid/services/db'
import { newId } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { RunPayouts } from '#app/payouts/actions/run_payouts'
import { givenDueTenants } from '#tests/support/payouts'

const MADE_AT_ONCE = 500
const BATCH = 200

interface Round {
  tenants: number
  /** Milliseconds for each tenant: requesting the payouts, and looking again when all are. */
  runMs: number
  againMs: number
  /** Milliseconds for each row of a batch insert into the same table. */
  insertMs: number
  runToInsert: number
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const run = () => new RunPayouts().handle({ actor: { kind: 'command' } })

/** As many rows as the run made, copies of them, in transactions of a batch each. */
async function insertAsMany(): Promise<number> {
  const rows = await db.from('payouts')
  const copies = rows.map((row) => ({ ...row, id: newId(), scheduled_for: null }))
  return timed(async () => {
    for (let at = 0; at < copies.length; at += BATCH) {
      await transaction((trx) => trx.table('payouts').multiInsert(copies.slice(at, at + BATCH)))
    }
  })
}

async function round(tenants: number): Promise<Round> {
  const config = await GatewayConfig.current()
  await config.merge({ automaticTransfer: true }).save()
  for (let made = 0; made < tenants; made += MADE_AT_ONCE) {
    await givenDueTenants(Math.min(MADE_AT_ONCE, tenants - made))
  }
  const runMs = (await timed(run)) / tenants
  const [{ total }] = await db.from('payouts').count('* as total')
  if (Number(total) !== tenants) throw new Error(`${total} payouts for ${tenants} tenants`)
  const againMs = (await timed(run)) / tenants
  const insertMs = (await insertAsMany()) / tenants
  return { tenants, runMs, againMs, insertMs, runToInsert: runMs / insertMs }
}

/** @param given.empty makes the database empty again, between the sizes. */
export async function measure(given: { sizes: number[]; empty: () => Promise<unknown> }) {
  const rounds: Round[] = []
  for (const size of given.sizes) {
    await given.empty()
    rounds.push(await round(size))
  }
  const [first, last] = [rounds[0], rounds[rounds.length - 1]]
  return {
    rounds,
    /** 1 is linear: what a tenant costs in the last round, to what it costs in the first. */
    lastToFirst: last.runMs / first.runMs,
    lastToFirstInsert: last.insertMs / first.insertMs,
  }
}
