import { setImmediate as turn } from 'node:timers/promises'

/** More waiting items than this are refused at once: their senders come back. */
const MOST_WAITING = 5000

/**
 * Collects what comes in while the last group is being worked on into the next one: concurrent
 * requests share one commit, a lonely one waits for nobody.
 */
export class Grouped<Item, Answer> {
  #waiting: { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] =
    []
  #running = 0

  /**
   * @param work answers a group, in its order.
   * @param limits the size of a group, and how many may be worked on at once.
   */
  constructor(
    private work: (items: Item[]) => Promise<Answer[]>,
    private limits: { size: number; atOnce: number }
  ) {}

  /** @returns this item's answer, after its group is done. @throws what the group's work threw. */
  add(item: Item): Promise<Answer> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(new Error('Too much at once'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (this.#running < this.limits.atOnce) void this.#run()
    })
  }

  async #run() {
    this.#running++
    while (this.#waiting.length > 0) {
      // SQLite never waits: without this turn nobody else's request would be read meanwhile.
      await turn()
      const group = this.#waiting.splice(0, this.limits.size)
      if (group.length === 0) break
      try {
        const answers = await this.work(group.map(({ item }) => item))
        group.forEach(({ resolve }, index) => resolve(answers[index]))
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#running--
  }
}
