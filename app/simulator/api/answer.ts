import { BodyNotJson, header } from '../http/call.js'
import { json, type Reply } from '../http/reply.js'
import type { Answering } from '../http/router.js'
import { failBeforeWork, spoil, spoilSending } from '../faults/call_faults.js'
import { callerOf, tokenOf } from './api_call.js'
import { ApiError, errorBody } from './api_error.js'
import { subjectOfToken } from './oauth.js'
import { Refusal } from './refusal.js'
import { summaryOf } from './summary.js'

type Work = (...given: Parameters<Answering>) => Promise<Reply>

/** Runs calls through the faults in force, and keeps them in the journal. */
export function throughFaults(work: Work): Answering {
  return async (sim, call, route) => {
    const startedAt = performance.now()
    const token = tokenOf(call)
    const accountId = subjectOfToken(call, route.name) ?? callerOf(sim, call)?.id ?? null
    const subject = { accountId, route: route.name }
    const failure = await failBeforeWork(sim, subject)
    const done = failure ?? (await work(sim, call, route))
    const reply = failure ?? spoilSending(sim, subject, spoil(sim, subject, done))
    sim.journal.call({
      method: call.method,
      path: call.path,
      route: route.name,
      account_id: accountId,
      token: token && `…${token.slice(-4)}`,
      idempotency_key: header(call, 'x-idempotency-key'),
      query: Object.fromEntries(call.query),
      status: reply.sending === 'never' ? null : reply.status,
      work_status: done.status,
      sending: reply.sending ?? 'whole',
      duration_ms: Math.round(performance.now() - startedAt),
      request: summaryOf(call.body),
      response: summaryOf(String(done.body)),
    })
    return reply
  }
}

/** Mercado Pago's API: refusals in its envelopes. */
export const answerApi = throughFaults(async (sim, call, { handle }) => {
  const now = sim.clock.now()
  try {
    return await handle(sim, call)
  } catch (error) {
    if (error instanceof ApiError) {
      return json(error.status, errorBody(error.status, error.message, now, error.code))
    }
    if (error instanceof Refusal) return error.reply
    if (error instanceof BodyNotJson) return json(400, errorBody(400, error.message, now, 1))
    throw error
  }
})
