import { createHash } from 'node:crypto'
import { BodyNotJson, header, type Call } from '../http/call.js'
import { json, type Reply } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { OrderRefusal } from '../orders/order_refusal.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import { ApiError } from './api_error.js'

const MAX_KEY_LENGTH = 128

/** How long a key is remembered. */
const KEY_LIFE_MS = DAY_MS

/** Refusals in the envelope that only orders have. */
export function asOrder(handle: Handler): Handler {
  return async (sim, call) => {
    try {
      return await handle(sim, call)
    } catch (error) {
      const refusal = error instanceof BodyNotJson ? new OrderRefusal('json_syntax_error') : error
      if (refusal instanceof OrderRefusal) return json(refusal.status, { errors: refusal.errors })
      // The one refusal of the payments API that can get here: whose token this is, nobody knows.
      if (!(error instanceof ApiError)) throw error
      const { status, message } = error
      return json(status, { errors: [{ code: String(status), message, details: [] }] })
    }
  }
}

/** Throws OrderRefusal. */
function readKey(call: Call): string {
  const key = header(call, 'x-idempotency-key')
  if (!key) throw new OrderRefusal('empty_required_header')
  if (key.length > MAX_KEY_LENGTH) throw new OrderRefusal('invalid_idempotency_key_length')
  return key
}

/**
 * Does the work once per key and a day long: the same call gets the first answer again, another
 * one is refused. Refusals are not kept, failed payments are. Throws OrderRefusal.
 */
export function onceForOrders(
  sim: Simulator,
  call: Call,
  accountId: number,
  work: () => Reply
): Reply {
  const key = readKey(call)
  const asked = createHash('sha256')
    .update(`${call.method} ${call.path}\n${call.body}`)
    .digest('hex')
  return sim.store.transaction(() => {
    const now = sim.clock.now()
    const first = sim.orders.answer(accountId, key, now - KEY_LIFE_MS)
    if (!first) {
      const reply = work()
      sim.orders.keepAnswer(accountId, key, {
        asked,
        at: now,
        status: reply.status,
        body: String(reply.body),
      })
      return reply
    }
    if (first.asked !== asked) throw new OrderRefusal('idempotency_key_already_used')
    return { ...json(first.status, null), body: first.body }
  })
}
