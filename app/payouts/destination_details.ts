export const pixKeyKinds = ['cpf', 'cnpj', 'email', 'phone', 'random'] as const
export type PixKeyKind = (typeof pixKeyKinds)[number]

/** What is sealed in a destination's row; nothing of it is ever shown but its mask. */
export type DestinationDetails =
  | { kind: 'pix'; keyKind: PixKeyKind; key: string }
  | {
      kind: 'bank_account'
      /** The bank's three digits, or the eight of its ISPB. */
      bank: string
      branch: string
      account: string
      holderName: string
    }

const bare = (text: string) => text.replace(/[\s./()-]/g, '')

/** How Pix itself writes each kind of key. */
const pixKeys: Record<PixKeyKind, { normal: (text: string) => string; is: RegExp }> = {
  cpf: { normal: bare, is: /^\d{11}$/ },
  cnpj: { normal: (text) => bare(text).toUpperCase(), is: /^[0-9A-Z]{12}\d{2}$/ },
  email: {
    normal: (text) => text.trim().toLowerCase(),
    is: /^(?=.{5,77}$)[^\s@]+@[^\s@.]+\.[^\s@]+$/,
  },
  phone: {
    normal: (text) => bare(text).replace(/^(?=\d{10,11}$)/, '+55'),
    is: /^\+55[1-9]\d{9,10}$/,
  },
  random: {
    normal: (text) => text.trim().toLowerCase(),
    is: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
}

/** A Pix key as typed, in Pix's own form; null when it is none of that kind. */
export function pixKey(kind: PixKeyKind, text: string): string | null {
  const { normal, is } = pixKeys[kind]
  const key = normal(text)
  return is.test(key) ? key : null
}

/** A tax id as typed, without punctuation. */
export const bareTaxId = (text: string): string => bare(text).toUpperCase()

const hidden = '•••'
const ends = (text: string, first: number, last: number) =>
  text.slice(0, first) + hidden + text.slice(text.length - last)

const maskedKey: Record<PixKeyKind, (key: string) => string> = {
  cpf: (key) => `${hidden}.${key.slice(3, 6)}.${key.slice(6, 9)}-••`,
  cnpj: (key) => `${key.slice(0, 2)}.${hidden}.${hidden}/${key.slice(8, 12)}-••`,
  email: (key) => {
    const [name, domain] = key.split('@')
    return `${ends(name, 1, 0)}@${ends(domain, 1, 0)}`
  },
  phone: (key) => `+55 •• •••••-${key.slice(-4)}`,
  random: (key) => ends(key, 4, 4),
}

/** Enough for its owner to recognise it, too little for anybody to use it. */
export function masked(details: DestinationDetails): string {
  if (details.kind === 'pix') {
    const { keyKind, key } = details
    return maskedKey[keyKind](key)
  }
  const { bank, branch, account } = details
  return `${bank} / ${branch} / ${ends(account, 0, Math.min(3, account.length - 2))}`
}
