import { deflateSync, crc32 } from 'node:zlib'
import QRCode from 'qrcode'
import { decimalText } from '../money.js'
import type { Pix } from './payment.js'

const QUIET_ZONE = 4
const PIXELS_PER_MODULE = 4

/** CRC-16/CCITT-FALSE (polynomial 0x1021, from 0xFFFF), four capital hex digits. */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

function field(id: string, value: string): string {
  return id + String(value.length).padStart(2, '0') + value
}

function plain(text: string, max: number): string {
  const ascii = text.normalize('NFD').replace(/[^\x20-\x7e]/g, '')
  return ascii.slice(0, max)
}

/** The EMV string that a banking app reads ("copia e cola"). */
export function pixCode(input: {
  key: string
  amountMinor: number
  merchant: string
  city: string
  transactionId: string
}): string {
  const unsigned = [
    field('00', '01'),
    field('26', field('00', 'br.gov.bcb.pix') + field('01', input.key)),
    field('52', '0000'),
    field('53', '986'),
    field('54', decimalText(input.amountMinor, 2)),
    field('58', 'BR'),
    field('59', plain(input.merchant, 25)),
    field('60', plain(input.city, 15)),
    field('62', field('05', input.transactionId)),
    '6304',
  ].join('')
  return unsigned + crc16(unsigned)
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

/** One bit per pixel, since the encoders at hand are asynchronous and creating must not be. */
export function qrPng(text: string): Buffer {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  const side = (size + 2 * QUIET_ZONE) * PIXELS_PER_MODULE
  const stride = 1 + Math.ceil(side / 8)
  const pixels = Buffer.alloc(stride * side, 0xff)
  for (let y = 0; y < side; y++) {
    pixels[y * stride] = 0
    const row = Math.floor(y / PIXELS_PER_MODULE) - QUIET_ZONE
    for (let x = 0; x < side; x++) {
      const column = Math.floor(x / PIXELS_PER_MODULE) - QUIET_ZONE
      const inside = row >= 0 && row < size && column >= 0 && column < size
      if (inside && data[row * size + column])
        pixels[y * stride + 1 + (x >> 3)] &= ~(0x80 >> (x & 7))
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function issuePix(
  paymentId: number,
  amountMinor: number,
  merchant: { nickname: string; key: string }
): Pix {
  const transactionId = `mpqrinter${paymentId}`
  const code = pixCode({
    key: merchant.key,
    amountMinor,
    merchant: merchant.nickname,
    city: 'Sao Paulo',
    transactionId,
  })
  return { code, image: qrPng(code).toString('base64'), transactionId, endToEndId: null }
}
