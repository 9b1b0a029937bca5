import { setTimeout as wait } from 'node:timers/promises'
import { errorBody } from '../api/api_error.js'
import { POLICY_BLOCK } from '../api/refusal.js'
import { ERROR_CODES } from '../data/error_codes.js'
import { json, type Reply } from '../http/reply.js'
import { orderProblem } from '../orders/order_refusal.js'
import type { Simulator } from '../simulator.js'
import type { Fault, FaultKind } from './fault.js'

interface Subject {
  accountId: number | null
  route: string
}

const HUGE_BYTES = 16 * 1024 * 1024
const SLOW_MS = 1000

function take(sim: Simulator, kind: FaultKind, subject: Subject): Fault | undefined {
  return sim.faults.take(kind, subject.accountId, subject.route)
}

function failure(sim: Simulator, status: number, message: string, code?: number): Reply {
  return json(status, errorBody(status, message, sim.clock.now(), code))
}

/** Waits, and may refuse before anything is done. */
export async function failBeforeWork(sim: Simulator, subject: Subject): Promise<Reply | null> {
  const latency = take(sim, 'latency', subject)
  if (latency) await wait(latency.ms ?? 0)
  const limit = take(sim, 'rate_limit', subject)
  if (limit) {
    const reply = failure(sim, 429, 'too many requests')
    const seconds = limit.retry_after_seconds
    if (seconds !== null) reply.headers['retry-after'] = String(seconds)
    return reply
  }
  if (take(sim, 'unauthorized', subject)) return failure(sim, 401, 'invalid access token', 5)
  if (take(sim, 'policy_block', subject)) return json(403, POLICY_BLOCK)
  const code = take(sim, 'refusal', subject)?.code
  if (code) {
    const [status, words] = ERROR_CODES[code]
    return failure(sim, status, words, code)
  }
  const broken = take(sim, 'server_error', subject)
  return broken ? failure(sim, broken.status ?? 500, 'internal server error') : null
}

function isOne(reply: Reply): boolean {
  return reply.status < 300 && String(reply.body).startsWith('{"id":')
}

/** A changed answer to work that was done. */
export function spoil(sim: Simulator, subject: Subject, reply: Reply): Reply {
  if (subject.route === 'GET /v1/payments/search') return stale(sim, subject, reply)
  if (subject.route === 'GET /v1/orders/:id' && isOne(reply) && isHidden(sim, subject, reply)) {
    return json(404, { errors: [orderProblem('order_not_found')] })
  }
  if (!subject.route.includes('/v1/payments') || !isOne(reply)) return reply
  if (subject.route === 'GET /v1/payments/:id' && isHidden(sim, subject, reply)) {
    return failure(sim, 404, 'Payment not found', 2000)
  }
  const collector = take(sim, 'wrong_collector', subject)
  const currency = take(sim, 'wrong_currency', subject)
  if (!collector && !currency) return reply
  const body = JSON.parse(String(reply.body))
  if (collector) body.collector_id = collector.collector_id ?? body.collector_id + 1
  if (currency) body.currency_id = currency.currency_id ?? 'ARS'
  return { ...reply, body: JSON.stringify(body) }
}

/** An index that is behind: by what changed within `ms`, or, as often as asked, by everything. */
function stale(sim: Simulator, subject: Subject, reply: Reply): Reply {
  const fault = sim.faults.find('stale_search', subject.accountId, subject.route)
  if (!fault || reply.status !== 200) return reply
  if (fault.ms === null) sim.faults.spend(fault)
  const { paging, results } = JSON.parse(String(reply.body))
  const indexedUntil = fault.ms === null ? -Infinity : sim.clock.now() - fault.ms
  const indexed = results.filter(
    (payment: { date_last_updated: string }) =>
      Date.parse(payment.date_last_updated) <= indexedUntil
  )
  const total = Math.max(0, paging.total - results.length + indexed.length)
  return json(200, { paging: { ...paging, total }, results: indexed })
}

/** With `ms`, a payment or order hides for so long after its last change and the fault is not used up. */
function isHidden(sim: Simulator, subject: Subject, reply: Reply): boolean {
  const fault = sim.faults.find('unreadable', subject.accountId, subject.route)
  if (!fault) return false
  if (fault.ms === null) {
    sim.faults.spend(fault)
    return true
  }
  const { date_last_updated: ofPayment, last_updated_date: ofOrder } = JSON.parse(
    String(reply.body)
  )
  return sim.clock.now() - Date.parse(ofPayment ?? ofOrder) < fault.ms
}

function wholeBody(reply: Reply): string {
  return reply.stream ? [...reply.stream].join('') : String(reply.body)
}

/** The work is done; the answer gets lost, or arrives in no state to be read. */
export function spoilSending(sim: Simulator, subject: Subject, reply: Reply): Reply {
  if (take(sim, 'hang_after_work', subject)) return { ...reply, sending: 'never' }
  const broken = take(sim, 'error_after_work', subject)
  if (broken) return failure(sim, broken.status ?? 502, 'bad gateway')
  const slow = take(sim, 'slow_body', subject)
  if (slow) return { ...reply, sending: 'slow', pauseMs: slow.ms ?? SLOW_MS }
  if (take(sim, 'cut_body', subject)) return { ...reply, sending: 'cut' }
  if (take(sim, 'malformed_body', subject)) {
    const body = wholeBody(reply)
    return { ...reply, stream: undefined, body: body.slice(0, Math.floor(body.length / 2)) }
  }
  const huge = take(sim, 'huge_body', subject)
  if (!huge || reply.stream) return reply
  const padding = 'x'.repeat(huge.bytes ?? HUGE_BYTES)
  return { ...reply, body: `{"padding":"${padding}",${String(reply.body).replace(/^[[{]/, '')}` }
}
