/** A native dialog: the browser keeps the focus inside and gives it back. */
export const modal = () => ({
  init() {
    // It came back with messages at its fields.
    if (this.$el.dataset.open || this.$el.querySelector('[aria-invalid="true"]')) {
      this.$el.showModal()
    }
  },
  close() {
    this.$root.close()
  },
  backdrop(event) {
    if (event.target === this.$root) this.$root.close()
  },
})

/** A button that opens the dialog named in `data-dialog`. */
export const opener = () => ({
  open() {
    document.getElementById(this.$el.dataset.dialog)?.showModal()
  },
})
