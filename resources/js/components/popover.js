/** A list under a `<details>` that closes on Escape and on a click elsewhere. */
export const popover = () => ({
  init() {
    document.addEventListener('click', (event) => {
      if (!this.$root.contains(event.target)) this.$root.open = false
    })
    this.$root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.$root.open) return
      event.stopPropagation()
      this.$root.open = false
      this.$root.querySelector('summary').focus()
    })
  },
})
