import { header, type Call } from '../http/call.js'
import { json, type Reply } from '../http/reply.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import { ApiError } from './api_error.js'

/**
 * Does the work once per key: later calls get the first answer again, whatever they ask.
 * A refusal is not kept. Throws ApiError 4292 without a key.
 */
export function once(
  sim: Simulator,
  call: Call,
  account: Account,
  kind: 'payment' | 'refund' | 'payout',
  work: () => unknown,
  status = 201
): Reply {
  const key = header(call, 'x-idempotency-key')
  if (!key) throw new ApiError(4292)
  return sim.store.transaction(() => {
    const first = sim.answers.find(account.id, kind, key)
    if (first) return { ...json(first.status, null), body: first.body }
    const reply = json(status, work())
    sim.answers.keep(account.id, kind, key, { status, body: String(reply.body) })
    return reply
  })
}
