/** A form is sent once: a second click on the way does nothing. */
export const form = () => ({
  init() {
    // Back from the browser's cache the form may be sent again.
    window.addEventListener('pageshow', () => this.release())
    const wrong = this.$el.querySelector('[aria-invalid="true"]')
    wrong?.focus()
  },
  submit(event) {
    if (this.$el.dataset.sent) return event.preventDefault()
    this.$el.dataset.sent = 'true'
    // After the browser collected the fields, or the clicked button's value would be missing.
    setTimeout(() => this.buttons().forEach((button) => (button.disabled = true)))
  },
  release() {
    if (!this.$root.dataset.sent) return
    delete this.$root.dataset.sent
    this.buttons().forEach((button) => (button.disabled = false))
  },
  buttons() {
    return [...this.$root.querySelectorAll('button[type="submit"]')]
  },
})
