const SHOWN_MS = 2000

/** A button that copies the text beside it, and says so. */
export const copy = () => ({
  async copy() {
    const { text, label } = this.$refs
    try {
      await navigator.clipboard.writeText(text.textContent.trim())
    } catch {
      // Without TLS there is no clipboard: the text is selected, ready for the keyboard.
      getSelection().selectAllChildren(text)
      return
    }
    const before = label.textContent
    label.textContent = label.dataset.done
    setTimeout(() => (label.textContent = before), SHOWN_MS)
  },
})
