import type { Outcome } from '#app/core/work/job'
import { workload } from '#start/worker'

/** Longer chains than this feed themselves. */
const MOST_ROUNDS = 1000

/**
 * Runs what the inbox and the outbox hold, and what that adds, until nothing is due any more.
 * Rows that failed wait for their next try and are left alone.
 * @returns what became of each job, with the errors of those that failed.
 */
export async function drainWork(): Promise<Outcome[]> {
  const { sources } = workload()
  const outcomes: Outcome[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const claims = await Promise.all(sources.map(({ source }) => source.claim(20)))
    const jobs = claims.flat()
    if (jobs.length === 0) return outcomes
    outcomes.push(...(await Promise.all(jobs.map((job) => job.run()))))
  }
  throw new Error('The work feeds itself: it never ends')
}
