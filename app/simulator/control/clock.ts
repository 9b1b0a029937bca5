import { json, type Reply } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS, SECOND_MS, isoTime, parseZoned } from '../time.js'
import { inputOf, number, text } from './input.js'
import { Problem } from './problem.js'

const KNOWN = ['advance_days', 'advance_seconds', 'now', 'reset'] as const

function clockReply(sim: Simulator): Reply {
  return json(200, { now: isoTime(sim.clock.now()) })
}

export const showClock: Handler = (sim) => clockReply(sim)

/** Answers when all that fell due has happened, and each due notification was attempted once. */
export const moveClock: Handler = async (sim, call) => {
  const input = inputOf(call, KNOWN)
  if (Object.keys(input).length !== 1) throw new Problem(400, `send one of ${KNOWN.join(', ')}`)
  const now = text(input, 'now')
  if (input.reset !== undefined) {
    if (input.reset !== true) throw new Problem(400, 'reset must be true')
    sim.clock.reset()
  } else if (now !== undefined) {
    const at = parseZoned(now)
    if (at === null) throw new Problem(400, 'now must be a timestamp such as 2026-11-20T12:00:00Z')
    sim.clock.moveTo(at)
  } else {
    const days = number(input, 'advance_days') ?? 0
    const seconds = number(input, 'advance_seconds') ?? 0
    if (Math.abs(days) > 36_500) throw new Problem(400, 'advance_days must be at most 36500')
    sim.clock.advance(Math.round(days * DAY_MS + seconds * SECOND_MS))
  }
  await sim.catchUp()
  return clockReply(sim)
}
