const YEAR_SECONDS = 31_536_000
const names = { light: 'repasse', dark: 'repasse-dark' }

/** System, light or dark; kept in a cookie, so that the server draws the page in it at once. */
export const theme = () => ({
  choose() {
    const { choice } = this.$el.dataset
    const age = choice === 'system' ? 0 : YEAR_SECONDS
    document.cookie = `repasse-theme=${choice}; path=/; max-age=${age}; samesite=lax`
    if (names[choice]) document.documentElement.dataset.theme = names[choice]
    else delete document.documentElement.dataset.theme
    for (const button of this.$root.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset.choice === choice))
    }
  },
})
