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
  const base = /^(\d)\1+$/.test(first) ? '123456789' : first
  const withOne = base + checkDigit(base, descending(10, 9))
  return withOne + checkDigit(withOne, descending(11, 10))
}

const CNPJ_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export function randomCnpj({ alphanumeric = false } = {}): string {
  const base = alphanumeric
    ? pick(CNPJ_LETTERS, 2) + pick(`0123456789${CNPJ_LETTERS}`, 10)
    : `${randomInt(10, 100)}${pick('0123456789', 6)}0001`
  const withOne = base + checkDigit(base, descending(5, 12, 8))
  return withOne + checkDigit(withOne, descending(6, 13, 8))
}
