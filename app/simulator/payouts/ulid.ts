import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const RANDOM_LENGTH = 16

/** 26 letters and digits that sort by their millisecond, as Mercado Pago ends the ids of payouts. */
export function ulid(at: number): string {
  let time = ''
  for (let rest = at; time.length < TIME_LENGTH; rest = Math.floor(rest / 32)) {
    time = ALPHABET[rest % 32] + time
  }
  const random = [...randomBytes(RANDOM_LENGTH)].map((byte) => ALPHABET[byte % 32])
  return time + random.join('')
}
