const WIDTH = 30

/** A bar for whoever waits at a terminal; silent where nobody looks. */
export class Progress {
  #total = 0
  #done = 0
  #isShown: boolean

  constructor(isWanted: boolean) {
    this.#isShown = isWanted && Boolean(process.stderr.isTTY)
  }

  start(total: number): void {
    this.#total = total
    this.#draw()
  }

  step(): void {
    this.#done++
    this.#draw()
  }

  /** Leaves an empty line. */
  end(): void {
    if (this.#isShown) process.stderr.write('\r\u001B[K')
  }

  #draw() {
    if (!this.#isShown || this.#total === 0) return
    const filled = Math.min(WIDTH, Math.round((this.#done / this.#total) * WIDTH))
    const bar = '█'.repeat(filled).padEnd(WIDTH, '░')
    process.stderr.write(`\r${bar} ${this.#done}/${this.#total}`)
  }
}
