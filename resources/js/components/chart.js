/**
 * Draws the table beside it. The library comes only once a chart is about to be seen, and again the
 * colours when the reader changes between light and dark.
 */
export const chart = () => {
  // Beside Alpine's data, whose proxies the library cannot work with.
  let drawn
  let seen
  let theme
  const system = matchMedia('(prefers-color-scheme: dark)')

  return {
    init() {
      const redraw = () => drawn && this.draw()
      seen = new IntersectionObserver(
        ([entry]) => entry.isIntersecting && (seen.disconnect(), this.draw()),
        { rootMargin: '200px' }
      )
      seen.observe(this.$root)
      theme = new MutationObserver(redraw)
      theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
      system.addEventListener('change', redraw)
    },
    async draw() {
      const { drawChart } = await import('../charts/draw.js')
      drawn?.destroy()
      drawn = drawChart(this.$refs.canvas, this.$root.querySelector('table'), this.$root.dataset)
    },
    destroy() {
      seen.disconnect()
      theme.disconnect()
      drawn?.destroy()
    },
  }
}
