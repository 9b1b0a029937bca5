/** Calling codes, and how many digits a number has within its country. */
const countries: Record<string, { code: string; lengths: number[]; mobile?: string }> = {
  // Mobile numbers take a 9 after the country's code when they are called from abroad.
  AR: { code: '54', lengths: [10], mobile: '9' },
  BR: { code: '55', lengths: [10, 11] },
  CL: { code: '56', lengths: [9] },
  CO: { code: '57', lengths: [10] },
  MX: { code: '52', lengths: [10] },
  PE: { code: '51', lengths: [9] },
  UY: { code: '598', lengths: [8] },
}

/**
 * The number as WhatsApp wants it, country code first and digits only; null when that would be a
 * guess: a bill must not go to a stranger.
 */
export function whatsappNumber(phone: string, country: string): string | null {
  const digits = phone.replace(/\D/g, '')
  if (phone.trim().startsWith('+')) return digits || null
  const known = countries[country]
  const national = digits.replace(/^0+/, '')
  if (!known?.lengths.includes(national.length)) return null
  return `${known.code}${known.mobile ?? ''}${national}`
}

/** Opens WhatsApp with the text; without a number it asks to whom. */
export function whatsappUrl(text: string, number: string | null): string {
  return `https://wa.me/${number ?? ''}?text=${encodeURIComponent(text)}`
}
