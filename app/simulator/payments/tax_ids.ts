function checkDigit(characters: string, weights: number[]): string {
  const sum = weights.reduce(
    (total, weight, index) => total + weight * (characters.charCodeAt(index) - 48),
    0
  )
  const rest = sum % 11
  return rest < 2 ? '0' : String(11 - rest)
}

function descending(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from - index)
}

const CNPJ_WEIGHTS = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]

export function isCpf(number: string): boolean {
  if (!/^\d{11}$/.test(number) || /^(\d)\1+$/.test(number)) return false
  const first = checkDigit(number, descending(10, 9))
  const second = checkDigit(number, descending(11, 10))
  return number.endsWith(first + second)
}

/** Letters count by their code less that of zero, as in the alphanumeric CNPJ of 2026. */
export function isCnpj(number: string): boolean {
  if (!/^[0-9A-Z]{12}\d{2}$/.test(number) || /^(.)\1+$/.test(number)) return false
  const first = checkDigit(number, CNPJ_WEIGHTS)
  const second = checkDigit(number, [6, ...CNPJ_WEIGHTS])
  return number.endsWith(first + second)
}

export function isValidTaxId(type: string, number: string): boolean {
  if (type === 'CPF') return isCpf(number)
  if (type === 'CNPJ') return isCnpj(number)
  return number.length > 0
}
