/** A button that prints the page. */
export const printer = () => ({
  print() {
    window.print()
  },
})
