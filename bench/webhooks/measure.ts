import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import { freePort } from '#tests/support/free_port'
import type { Plan } from '../webhooks.js'
import { SECRET, USER_ID, type BenchDatabase } from './database.js'

export interface Run {
  perSecond: number
  p50Ms: number
  p99Ms: number
  answered: number
  stored: number
}

export interface Round {
  bare: Run
  product: Run
}

type Side = 'bare' | 'product'

const RESOURCES = 5000

/** Signed once: what differs between notifications of one resource is in the body. */
function signedRequests() {
  return Array.from({ length: RESOURCES }, (_, index) => {
    const dataId = String(7_000_000_000 + index)
    const requestId = randomUUID()
    const ts = String(Math.floor(Date.now() / 1000))
    const manifest = `id:${dataId};request-id:${requestId};ts:${ts};`
    const v1 = createHmac('sha256', SECRET).update(manifest).digest('hex')
    return {
      dataId,
      path: `/webhooks/mercadopago?data.id=${dataId}&type=payment`,
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        'x-signature': `ts=${ts},v1=${v1}`,
      },
    }
  })
}

const signed = signedRequests()
let notifications = 0

function nextRequest() {
  const id = ++notifications
  const { dataId, path, headers } = signed[id % signed.length]
  const body =
    `{"id":${id},"live_mode":true,"type":"payment","date_created":"2026-11-21T10:04:58.396-04:00",` +
    `"user_id":${USER_ID},"api_version":"v1","action":"payment.updated","data":{"id":"${dataId}"}}`
  return { method: 'POST' as const, path, headers, body }
}

export async function load(port: number, { seconds, connections }: Plan) {
  return autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration: seconds,
    requests: [{ setupRequest: (request) => ({ ...request, ...nextRequest() }) }],
  })
}

async function start(side: Side, plan: Plan, database: BenchDatabase) {
  const port = await freePort()
  const script =
    side === 'bare'
      ? ['bench/webhooks/bare_server.ts', plan.engine, database.bare, String(port), SECRET]
      : ['bin/server.ts']
  const env = { ...process.env, ...database.env, PORT: String(port), WORKER: plan.worker }
  const child = spawn(process.execPath, ['--import=@poppinss/ts-exec', ...script], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/health/live`, { method: 'HEAD' }).catch(
      () => 0
    )
    if (up || child.exitCode !== null) break
    await sleep(100)
  }
  if (child.exitCode !== null) throw new Error(`The ${side} server did not start`)
  return { child, port }
}

/** @throws Error when what was answered is not what is stored: such a run is void. */
async function run(side: Side, port: number, plan: Plan, database: BenchDatabase): Promise<Run> {
  const before = await database.count()
  const result = await load(port, plan)
  await sleep(300)
  const after = await database.count()
  const stored = after[side] - before[side]
  const answered = result['2xx']
  // What was still on its way when the time was up is stored and was not counted.
  const most = answered + 2 * plan.connections
  if (result.non2xx + result.errors > 0 || stored < answered || stored > most) {
    const codes = JSON.stringify(result.statusCodeStats)
    throw new Error(`Void: ${side} answered ${answered}, stored ${stored}: ${codes}`)
  }
  const { p50: p50Ms, p99: p99Ms } = result.latency
  return { perSecond: answered / result.duration, p50Ms, p99Ms, answered, stored }
}

/** Both servers stay up; they take turns, and who begins changes. */
export async function measure(plan: Plan, database: BenchDatabase): Promise<Round[]> {
  const servers = {
    bare: await start('bare', plan, database),
    product: await start('product', plan, database),
  }
  const rounds: Round[] = []
  try {
    const warm = { ...plan, seconds: 2 }
    for (const side of ['bare', 'product'] as const) {
      await run(side, servers[side].port, warm, database)
    }
    for (let round = 0; round < plan.rounds; round++) {
      const sides: Side[] = round % 2 ? ['bare', 'product'] : ['product', 'bare']
      const runs = {} as Round
      for (const side of sides) runs[side] = await run(side, servers[side].port, plan, database)
      rounds.push(runs)
      console.log(
        `round ${round + 1}: ${Math.round(runs.product.perSecond)} against ${Math.round(runs.bare.perSecond)} a second`
      )
    }
  } finally {
    await Promise.all(Object.values(servers).map(({ child }) => stop(child)))
  }
  return rounds
}

async function stop(child: ChildProcess) {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
