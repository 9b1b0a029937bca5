import type { Call } from '../http/call.js'
import { BodyNotJson } from '../http/call.js'
import { json, type Reply } from '../http/reply.js'
import type { Answering, Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { ApiError, errorBody } from './api_error.js'

export const answerApi: Answering = async (sim, call, route) => work(sim, call, route.handle)

async function work(sim: Simulator, call: Call, handle: Handler): Promise<Reply> {
  const now = sim.clock.now()
  try {
    return await handle(sim, call)
  } catch (error) {
    if (error instanceof ApiError) {
      return json(error.status, errorBody(error.status, error.message, now, error.code))
    }
    if (error instanceof BodyNotJson) return json(400, errorBody(400, error.message, now, 1))
    throw error
  }
}
