const FIRST_MS = 4000
const SLOWEST_MS = 60_000

/** Asks whether the page would show something else by now, less and less often, and loads it then. */
export const watch = () => ({
  wait: FIRST_MS,

  init() {
    this.later()
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.wait = FIRST_MS
    })
  },

  later() {
    setTimeout(() => this.look(), this.wait)
    this.wait = Math.min(this.wait * 1.3, SLOWEST_MS)
  },

  async look() {
    const { version, address } = this.$el.dataset
    if (document.visibilityState === 'visible') {
      const now = await fetch(address)
        .then((answer) => (answer.ok ? answer.json() : null))
        .catch(() => null)
      if (now && now.version !== version) return location.reload()
    }
    this.later()
  },
})
