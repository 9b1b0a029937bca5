import { randomInt } from 'node:crypto'

/** Random tax ids whose check digits are right; digits (or capitals) only, as they are stored. */

const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Brazil's modulo 11: a letter counts as its ASCII code less 48. */
function checkDigit(text: string, weights: number[]): string {
  const sum = weights.reduce((total, weight, at) => total + weight * (text.charCodeAt(at) - 48), 0)
  return String(sum % 11 < 2 ? 0 : 11 - (sum % 11))
}

const descending = (from: number, length: number, restartAt = Infinity) =>
  Array.from({ length }, (_, at) => {
    const weight = from - at
    return weight < 2 ? weight + restartAt : weight
  })

export function randomCpf(): string {
  const first = `${randomInt(1, 10)}${pick('0123456789', 8)}`
  // Nine equal digits pass the arithmetic and are refused all the same.
  return cpfOf(/^(\d)\1+$/.test(first) ? '123456789' : first)
}

/** The CPF of nine digits. */
function cpfOf(base: string): string {
  const withOne = base + checkDigit(base, descending(10, 9))
  return withOne + checkDigit(withOne, descending(11, 10))
}

/** Of a long row of them no two are the same, as of random ones some would be. */
export const cpfNumber = (at: number): string => cpfOf(String(100_000_001 + at))

const CNPJ_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export function randomCnpj({ alphanumeric = false } = {}): string {
  const base = alphanumeric
    ? pick(CNPJ_LETTERS, 2) + pick(`0123456789${CNPJ_LETTERS}`, 10)
    : `${randomInt(10, 100)}${pick('0123456789', 6)}0001`
  const withOne = base + checkDigit(base, descending(5, 12, 8))
  return withOne + checkDigit(withOne, descending(6, 13, 8))
}

/** Digit by digit times its weight, the first digit with the first weight. */
const weighted = (text: string, weights: number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0)

const digits = (length: number) => pick('0123456789', length)
const either = <T>(values: T[]): T => values[randomInt(values.length)]
const month = () => String(randomInt(1, 13)).padStart(2, '0')
const day = () => String(randomInt(1, 29)).padStart(2, '0')
/** Years that are past for who was born in them, and for what was founded in them. */
const birthday = () => `${randomInt(50, 100)}${month()}${day()}`

/** Argentina; the digit 10 is written 9. */
export function randomCuit(prefixes = ['20', '23', '24', '27', '30', '33', '34']): string {
  const base = either(prefixes) + digits(8)
  const rest = 11 - (weighted(base, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
  return base + (rest === 11 ? 0 : rest === 10 ? 9 : rest)
}

/** Chile: counted from the right with 2 to 7 again and again; 10 is K. */
export function randomChileanRut(): string {
  const base = String(randomInt(1_000_000, 99_000_000))
  const weights = [...base].map((_, at) => ((base.length - 1 - at) % 6) + 2)
  const rest = 11 - (weighted(base, weights) % 11)
  return base + (rest === 11 ? '0' : rest === 10 ? 'K' : String(rest))
}

/** Colombia: primes from the right. */
export function randomNit(): string {
  const base = String(randomInt(100_000_000, 1_000_000_000))
  const primes = [3, 7, 13, 17, 19, 23, 29, 37, 41]
  const rest = weighted([...base].reverse().join(''), primes) % 11
  return base + (rest > 1 ? 11 - rest : rest)
}

const RFC_ALPHABET = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ'
/** No vowel, so that no word comes of it that the authority replaces. */
const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXYZ'

/** Mexico, a person's of 13 characters or a company's of 12. */
export function randomRfc({ company = false } = {}): string {
  const base = `${pick(CONSONANTS, company ? 3 : 4)}${birthday()}${pick('123456789', 1)}${pick('123456789', 1)}`
  const padded = base.padStart(12, ' ')
  const sum = [...padded].reduce((all, sign, at) => all + RFC_ALPHABET.indexOf(sign) * (13 - at), 0)
  const rest = 11 - (sum % 11)
  return base + (rest === 11 ? '0' : rest === 10 ? 'A' : String(rest))
}

const CURP_ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'

/** Mexico, persons only. */
export function randomCurp(): string {
  const base = `${pick(CONSONANTS, 4)}${birthday()}${either(['H', 'M'])}DF${pick(CONSONANTS, 3)}0`
  const sum = [...base].reduce((all, sign, at) => all + CURP_ALPHABET.indexOf(sign) * (18 - at), 0)
  return base + ((10 - (sum % 10)) % 10)
}

/** Peru: of a company, a person or an old one. */
export function randomRuc(prefixes = ['10', '15', '17', '20']): string {
  const base = either(prefixes) + digits(8)
  const rest = 11 - (weighted(base, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
  return base + (rest % 10)
}

/** Uruguay, companies. */
export function randomUruguayanRut(): string {
  for (;;) {
    const base = `${String(randomInt(1, 22)).padStart(2, '0')}${randomInt(100_000, 1_000_000)}001`
    const rest = (11 - (weighted(base, [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    // No digit says ten: such a number is never given.
    if (rest < 10) return base + rest
  }
}

/** Uruguay, persons. */
export function randomCi(): string {
  const base = String(randomInt(1_000_000, 7_000_000))
  return base + ((10 - (weighted(base, [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10)
}
