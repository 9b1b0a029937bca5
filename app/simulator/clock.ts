import type { Store } from './store/store.js'

export class ClockCannotGoBack extends Error {
  constructor() {
    super('the clock only moves forward; {"reset":true} returns it to real time')
  }
}

/** Real time plus an offset that only grows, kept with the rest of the state. */
export class Clock {
  #offsetMs: number
  #past: number | null = null

  constructor(private store: Store) {
    this.#offsetMs = Number(store.getMeta('clock_offset_ms') ?? 0)
  }

  /** The present, or the past moment whose work is made up for. */
  now(): number {
    return this.#past ?? this.present()
  }

  present(): number {
    return Date.now() + this.#offsetMs
  }

  /** Does what fell due at `at`: it is dated then, however much later it is done. */
  during<T>(at: number, work: () => T): T {
    const former = this.#past
    this.#past = at
    try {
      return work()
    } finally {
      this.#past = former
    }
  }

  advance(ms: number): void {
    if (ms < 0) throw new ClockCannotGoBack()
    this.#set(this.#offsetMs + ms)
  }

  moveTo(at: number): void {
    this.advance(at - this.now())
  }

  reset(): void {
    this.#set(0)
  }

  #set(offsetMs: number): void {
    this.#offsetMs = offsetMs
    this.store.setMeta('clock_offset_ms', String(offsetMs))
  }
}
