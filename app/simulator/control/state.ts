import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { isoTime } from '../time.js'
import { queryInteger } from './input.js'

const MAX_ENTRIES = 10_000

/** Oldest first; ask on with the `seq` of the last entry. */
export const listJournal: Handler = (sim, call) => {
  const after = queryInteger(call, 'after', 0, 1e15)
  const limit = queryInteger(call, 'limit', 1000, MAX_ENTRIES)
  return json(200, sim.journal.read(after, limit))
}

export const storeReset: Handler = async (sim) => {
  await sim.reset()
  return json(200, { now: isoTime(sim.clock.now()) })
}
