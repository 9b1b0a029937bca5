/** Each # takes a letter or digit; the rest is punctuation. The first mask that is long enough wins. */
const masks = {
  cpf: ['###.###.###-##'],
  cnpj: ['##.###.###/####-##'],
  postalCode: ['#####-###'],
  taxIdBR: ['###.###.###-##', '##.###.###/####-##'],
  taxIdAR: ['##.###.###', '##-########-#'],
  taxIdCL: ['#.###.###-#', '##.###.###-#'],
  taxIdUY: ['#.###.###-#', '##-######-###-#'],
}

const dressed = (bare, pattern) => {
  let text = ''
  let at = 0
  for (const sign of pattern) {
    if (at >= bare.length) break
    text += sign === '#' ? bare[at++] : sign
  }
  return text
}

/** Punctuates what is typed; only at the end of the text, so that the cursor never jumps. */
export const mask = () => ({
  format() {
    const field = this.$el
    if (field.selectionStart !== field.value.length) return
    const bare = field.value.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
    const patterns = masks[field.dataset.mask] ?? []
    const pattern = patterns.find((one) => one.replace(/[^#]/g, '').length >= bare.length)
    if (pattern) field.value = dressed(bare, pattern)
  },
})
