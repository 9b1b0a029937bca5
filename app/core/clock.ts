import { DateTime } from 'luxon'

/**
 * Business time: due dates, releases, waiting days, schedules. Leases, sessions, heartbeats and rate
 * limits take real time instead. With `CLOCK_URL` (demo and tests) it follows the simulator's clock.
 */
class Clock {
  #offsetMs = 0
  #url?: string
  #timer?: NodeJS.Timeout

  now(): DateTime {
    return DateTime.fromMillis(this.nowMs(), { zone: 'utc' })
  }

  /** The same in milliseconds since 1970, where every microsecond counts. */
  nowMs(): number {
    return Date.now() + this.#offsetMs
  }

  /** Today's date ("2026-11-21") where the tenant lives. */
  today(timeZone: string): string {
    return this.now().setZone(timeZone).toFormat('yyyy-MM-dd')
  }

  /** Follows another clock: asks it now and, where a process stays up, every second. */
  async follow(url: string, { poll = false } = {}): Promise<void> {
    this.#url = url
    // Before the first answer: the other clock may start later than this process.
    if (poll && !this.#timer) {
      this.#timer = setInterval(() => this.sync().catch(() => {}), 1000)
      this.#timer.unref()
    }
    await this.sync()
  }

  /** Asks the followed clock again; without one it does nothing. */
  async sync(): Promise<void> {
    if (!this.#url) return
    const response = await fetch(this.#url, { signal: AbortSignal.timeout(2000) })
    const { now } = (await response.json()) as { now: string }
    this.#offsetMs = DateTime.fromISO(now).toMillis() - Date.now()
  }

  /** Back to real time. */
  reset(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#url = undefined
    this.#offsetMs = 0
  }
}

export const clock = new Clock()
