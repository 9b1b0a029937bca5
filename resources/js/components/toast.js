const SHOWN_MS = 6000

/** A message that goes by itself, unless it is one that somebody must have read. */
export const toast = () => ({
  init() {
    if (this.$el.dataset.stays === 'false') setTimeout(() => this.close(), SHOWN_MS)
  },
  close() {
    this.$root.remove()
  },
})
