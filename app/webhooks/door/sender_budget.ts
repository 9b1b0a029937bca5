/** More senders than this in one window share nothing: the rest have no budget. */
const MOST_SENDERS = 10_000

/** An IPv6 sender owns at least its /64; an IPv4 one its address, however it is written. */
function senderOf(address: string): string {
  if (!address.includes(':')) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [left, right = ''] = address.split('::')
  const [before, after] = [left.split(':'), right.split(':')]
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

/** How much one sender may make us store without a valid signature. Counts in memory, real time. */
export class SenderBudget {
  #used = new Map<string, number>()
  #windowStart = performance.now()

  constructor(
    private most: number,
    private windowSeconds: number
  ) {}

  /** Takes one from the sender's budget. @returns false when nothing is left. */
  take(address: string): boolean {
    if (performance.now() - this.#windowStart >= this.windowSeconds * 1000) {
      this.#used.clear()
      this.#windowStart = performance.now()
    }
    const sender = senderOf(address)
    const used = this.#used.get(sender) ?? 0
    const isKnown = used > 0
    if (used >= this.most || (!isKnown && this.#used.size >= MOST_SENDERS)) return false
    this.#used.set(sender, used + 1)
    return true
  }
}
