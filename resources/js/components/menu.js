/** The sidebar, which on a phone slides in over the page. */
export const menu = () => ({
  init() {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.isOpen()) this.close()
    })
  },
  isOpen() {
    return this.$root.dataset.open === 'true'
  },
  toggle() {
    if (this.isOpen()) return this.close()
    this.set(true)
    this.$root.querySelector('#menu a')?.focus()
  },
  close() {
    this.set(false)
    this.$refs.opener.focus()
  },
  set(open) {
    this.$root.dataset.open = String(open)
    this.$refs.opener.setAttribute('aria-expanded', String(open))
  },
})
