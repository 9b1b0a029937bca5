import { checkTaxId, maskTaxId } from '#app/core/tax_ids'

export type DestinationKind = 'pix' | 'bank_account'

/** Pix is Brazil's alone. */
export const destinationKindsOf = (country: string): DestinationKind[] =>
  country === 'BR' ? ['pix', 'bank_account'] : ['bank_account']

export const pixKeyKinds = ['cpf', 'cnpj', 'email', 'phone', 'random'] as const
export type PixKeyKind = (typeof pixKeyKinds)[number]

/** What is sealed in a destination's row: its mask is shown, the whole to who makes the transfer. */
export type DestinationDetails =
  | { kind: 'pix'; keyKind: PixKeyKind; key: string }
  | {
      kind: 'bank_account'
      /** Empty where the account's number says it all: CBU, CLABE, CCI. */
      bank: string
      branch: string
      account: string
      holderName: string
    }

/** The text when it has the form, else null. */
const formed = (text: string, form: RegExp) => (form.test(text) ? text : null)

const phone = (text: string) => text.replace(/[\s.()-]/g, '').replace(/^(?=\d{10,11}$)/, '+55')

/** How Pix itself writes each kind of key. */
const pixKeys: Record<PixKeyKind, (text: string) => string | null> = {
  cpf: (text) => checkTaxId('CPF', text)?.digits ?? null,
  cnpj: (text) => checkTaxId('CNPJ', text)?.digits ?? null,
  email: (text) =>
    formed(text.trim().toLowerCase(), /^(?=.{5,77}$)[a-z0-9_][^\s@]*@[^\s@.]+\.[^\s@]+$/),
  phone: (text) => formed(phone(text), /^\+55[1-9]\d{9,10}$/),
  random: (text) =>
    formed(text.trim().toLowerCase(), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
}

/** A Pix key as typed, in Pix's own form; null when it is none of that kind. */
export const pixKey = (kind: PixKeyKind, text: string): string | null => pixKeys[kind](text)

/** The first and last characters, and nothing of what is between. */
const ends = (text: string, first: number, last: number) =>
  `${text.slice(0, first)}***${text.slice(text.length - last)}`

const maskedKey: Record<PixKeyKind, (key: string) => string> = {
  cpf: (key) => maskTaxId('CPF', key),
  cnpj: (key) => maskTaxId('CNPJ', key),
  email: (key) => {
    const [name, domain] = key.split('@')
    return `${ends(name, 1, 0)}@${ends(domain, 1, 0)}`
  },
  phone: (key) => `+55 ** *****-${key.slice(-4)}`,
  random: (key) => ends(key, 4, 4),
}

/** Enough for its owner to recognise it, too little for anybody to use it. */
export function masked(details: DestinationDetails): string {
  if (details.kind === 'pix') return maskedKey[details.keyKind](details.key)
  const { bank, branch, account } = details
  const parts = [bank, branch, ends(account, 0, Math.min(3, account.length - 2))]
  return parts.filter(Boolean).join(' / ')
}
