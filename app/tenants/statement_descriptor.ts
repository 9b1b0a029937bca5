/** As much as a card statement shows: 13 characters of payments, 16 of links. */
export const MAX_DESCRIPTOR = 13

/** "Açaí & Cia. do Zé" → "ACAI CIA DO Z": what every card network prints. */
export const cleanDescriptor = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()
    .slice(0, MAX_DESCRIPTOR)
    .trim()
