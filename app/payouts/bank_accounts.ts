/** How the bank accounts of a country are written. */
export interface BankAccountForm {
  /** Whether bank and branch are asked for beside the account. */
  bank: boolean
  branch: boolean
  /** The account as it is kept; null when it is none. */
  account: (text: string) => string | null
  bankForm: RegExp
}

const digitsOf = (text: string) => text.replace(/[\s.-]/g, '')

/** Σ digit × weight, the weights repeated. */
const weighted = (digits: string, weights: number[]) =>
  [...digits].reduce((sum, digit, at) => sum + Number(digit) * weights[at % weights.length], 0)

const checked = (digits: string, weights: number[]) =>
  Number(digits.at(-1)) === (10 - (weighted(digits.slice(0, -1), weights) % 10)) % 10

/** Argentina: CBU or CVU, two blocks with a check digit each (BCRA, Com. "A" 2622). */
const cbu = (text: string) => {
  const digits = digitsOf(text)
  if (!/^\d{22}$/.test(digits)) return null
  const [bank, account] = [digits.slice(0, 8), digits.slice(8)]
  const isRight =
    checked(bank, [7, 1, 3, 9, 7, 1, 3]) &&
    checked(account, [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3])
  return isRight ? digits : null
}

/** Mexico: CLABE, where each product counts modulo ten before the sum does; the sum is the same. */
const clabe = (text: string) => {
  const digits = digitsOf(text)
  return /^\d{18}$/.test(digits) && checked(digits, [3, 7, 1]) ? digits : null
}

const ofLength = (form: RegExp) => (text: string) => {
  const digits = digitsOf(text)
  return form.test(digits) ? digits : null
}

const brazilian = (text: string) => (/^\d{2,15}-?[0-9X]$/i.test(text) ? text.toUpperCase() : null)

const anyBank = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .&-]*$/u
const whole = { bank: false, branch: false, bankForm: anyBank }
const named = { bank: true, branch: false, bankForm: anyBank }

const forms: Record<string, BankAccountForm> = {
  // The bank's three digits, or the eight of its ISPB.
  BR: { bank: true, branch: true, bankForm: /^\d{3}(\d{5})?$/, account: brazilian },
  AR: { ...whole, account: cbu },
  MX: { ...whole, account: clabe },
  // CCI.
  PE: { ...whole, account: ofLength(/^\d{20}$/) },
  CL: { ...named, account: ofLength(/^\d{4,20}$/) },
  CO: { ...named, account: ofLength(/^\d{6,20}$/) },
  UY: { ...named, account: ofLength(/^\d{4,20}$/) },
}

/** @throws RangeError for a country without a site. */
export function bankAccountForm(country: string): BankAccountForm {
  if (!Object.hasOwn(forms, country)) throw new RangeError(`No bank accounts of ${country}`)
  return forms[country]
}
