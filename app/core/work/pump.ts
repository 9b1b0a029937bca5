import type { Job, Outcome, WorkSource } from '#app/core/work/job'

/**
 * Keeps a bounded number of jobs of one source running. A few more are claimed ahead, so that no
 * slot waits for the database. It claims only when asked to.
 */
export class Pump {
  #running = new Set<Promise<unknown>>()
  #ahead: Job[] = []
  #stopping = false
  readonly #most: number

  /** @param done is told whenever a slot is free again. */
  constructor(
    private source: WorkSource,
    private concurrency: number,
    private done: (outcome: Outcome) => void = () => {}
  ) {
    this.#most = concurrency + Math.ceil(concurrency / 2)
  }

  /** Claims as much as there is room for and starts it. @returns how many jobs there were. */
  async pull(): Promise<number> {
    const room = this.#most - this.#running.size - this.#ahead.length
    if (this.#stopping || room < Math.ceil(this.concurrency / 4)) return 0
    const jobs = await this.source.claim(room)
    this.#ahead.push(...jobs)
    // Told to stop while it was claiming: nobody would hand these back.
    if (this.#stopping) await this.#release()
    else this.#start()
    return jobs.length
  }

  #start() {
    while (!this.#stopping && this.#running.size < this.concurrency) {
      const job = this.#ahead.shift()
      if (!job) return
      const run = job.run().then((outcome) => {
        this.#running.delete(run)
        this.#start()
        this.done(outcome)
      })
      this.#running.add(run)
    }
  }

  /** Starts nothing more. */
  halt(): void {
    this.#stopping = true
  }

  /** Starts nothing more, hands back what was claimed ahead and waits for what runs. */
  async stop(): Promise<void> {
    this.halt()
    await this.#release()
    await Promise.allSettled(this.#running)
  }

  async #release() {
    await Promise.allSettled(this.#ahead.splice(0).map((job) => job.release()))
  }
}
