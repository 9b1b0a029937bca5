import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  barcodeOf,
  barcodeOfLine,
  digitableLineOf,
  dueFactor,
  mod10,
  mod11,
} from '../../../app/simulator/payments/boleto.js'
import { crc16, pixCode } from '../../../app/simulator/payments/pix.js'
import { isCnpj, isCpf } from '../../../app/simulator/payments/tax_ids.js'
import { holds } from '#tests/support/property'
import { pixRequest, startTestSimulator } from './support.js'

const DAY_MS = 86_400_000
const day = (date: string) => Date.parse(date) / DAY_MS

/** Reads the 47 digits the other way round from how the simulator writes them. */
function readLine(line: string) {
  const blocks = [line.slice(0, 10), line.slice(10, 21), line.slice(21, 32)]
  const luhn = (block: string) => {
    let sum = 0
    for (let index = block.length - 1, double = false; index >= 0; index--, double = !double) {
      const digit = Number(block[index]) * (double ? 2 : 1)
      sum += digit > 9 ? digit - 9 : digit
    }
    return sum % 10 === 0
  }
  const newCount = Number(line.slice(33, 37)) - 1000
  const free = blocks
    .map((block) => block.slice(0, -1))
    .join('')
    .slice(4)
  return {
    digits: line.length,
    blocksVerify: blocks.every(luhn),
    barcode: line.slice(0, 4) + line[32] + line.slice(33) + free,
    bank: line.slice(0, 3),
    amountMinor: Number(line.slice(37)),
    dueOn: new Date(Date.UTC(2025, 1, 22) + newCount * DAY_MS).toISOString().slice(0, 10),
  }
}

/** The check digit makes the weighted sum a multiple of eleven, unless it stands for 0, 10 or 11. */
function barcodeVerifies(barcode: string): boolean {
  const rest = barcode.slice(0, 4) + barcode.slice(5)
  let sum = 0
  for (let index = rest.length - 1, weight = 2; index >= 0; index--) {
    sum += Number(rest[index]) * weight
    weight = weight === 9 ? 2 : weight + 1
  }
  const digit = Number(barcode[4])
  return (sum + digit) % 11 === 0 || (digit === 1 && [0, 1].includes(sum % 11))
}

/** Two digits of id, two of length, and so on until the end. */
function readFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let at = 0; at < text.length;) {
    const end = at + 4 + Number(text.slice(at + 2, at + 4))
    fields[text.slice(at, at + 2)] = text.slice(at + 4, end)
    at = end
  }
  return fields
}

/** The remainder of a long division in bits, as the standard draws it: no shifting of registers. */
function checksum(text: string): string {
  const bits = [...Buffer.from(text)].flatMap((byte) => [...byte.toString(2).padStart(8, '0')])
  const dividend = [...bits, ...'0'.repeat(16)].map(Number)
  // The initial value of ones inverts the first sixteen bits.
  for (let bit = 0; bit < 16; bit++) dividend[bit] ^= 1
  const divisor = [...'10001000000100001'].map(Number)
  for (let at = 0; at + 16 < dividend.length; at++) {
    if (dividend[at] === 0) continue
    for (const [offset, bit] of divisor.entries()) dividend[at + offset] ^= bit
  }
  return Number.parseInt(dividend.slice(-16).join(''), 2)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')
}

test.group('Simulator | codes to pay by', () => {
  test('writes the boleto of the fact sheet digit by digit', ({ assert }) => {
    const barcode = barcodeOf('3380260600001234500633330', 150_00, day('2026-12-01'))
    assert.equal(barcode, '23791164700000150003380260600001234500633330')
    assert.equal(digitableLineOf(barcode), '23793380296060000123845006333301116470000015000')
  })

  test('begins the due factor again at 1000 on 2025-02-22', ({ assert }) => {
    assert.equal(dueFactor(day('2000-07-03')), '1000')
    assert.equal(dueFactor(day('2025-02-21')), '9999')
    assert.equal(dueFactor(day('2025-02-22')), '1000')
    assert.equal(dueFactor(day('2026-12-01')), '1647')
  })

  test('issues a boleto that an independent reading verifies', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const date = new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10)
    const created = await simulator.charge({
      transaction_amount: 1234.56,
      date_of_expiration: `${date}T23:59:59.000-03:00`,
    })
    const line = readLine(created.transaction_details.digitable_line)
    assert.deepEqual(line, {
      digits: 47,
      blocksVerify: true,
      barcode: created.barcode.content,
      bank: '237',
      amountMinor: 123456,
      dueOn: date,
    })
    assert.isTrue(barcodeVerifies(created.barcode.content))
    assert.lengthOf(created.barcode.content, 44)
  })

  test('reads every line back and refuses it with one digit changed', async ({ assert }) => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 25, maxLength: 25 })
    const amounts = fc.integer({ min: 1, max: 9_999_999_999 })
    const days = fc.integer({ min: day('2025-02-22'), max: day('2045-01-01') })
    const positions = fc.nat({ max: 30 })
    await holds([digits, amounts, days, positions], (free, amountMinor, dueDay, position) => {
      const barcode = barcodeOf(free.join(''), amountMinor, dueDay)
      const line = digitableLineOf(barcode)
      const changed = String((Number(line[position]) + 1) % 10)
      assert.isTrue(barcodeVerifies(barcode))
      assert.equal(barcodeOfLine(line), barcode)
      assert.isNull(barcodeOfLine(line.slice(0, position) + changed + line.slice(position + 1)))
    })
  })

  test('knows the check digits of known numbers', ({ assert }) => {
    assert.equal(mod10('7992739871'), '3')
    assert.equal(mod11('2379164700000150003380260600001234500633330'), '1')
  })

  test('issues a Pix that an independent reading takes apart', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { body } = await simulator.post('/v1/payments', {
      ...pixRequest(),
      transaction_amount: 1234.5,
    })
    const { qr_code: code } = body.point_of_interaction.transaction_data
    assert.equal(code.slice(-4), checksum(code.slice(0, -4)))
    const fields = readFields(code)
    assert.deepEqual(Object.keys(fields).sort(), [
      ...['00', '26', '52', '53', '54', '58', '59', '60', '62', '63'],
    ])
    assert.deepInclude(fields, { '00': '01', '53': '986', '54': '1234.50', '58': 'BR' })
    assert.deepEqual(readFields(fields['26']), {
      '00': 'br.gov.bcb.pix',
      '01': simulator.accounts[0].email,
    })
    assert.equal(fields['59'], simulator.accounts[0].nickname)
    assert.deepEqual(readFields(fields['62']), { '05': `mpqrinter${body.id}` })
  })

  test('computes the CRC of the official Pix sample', ({ assert }) => {
    const sample =
      '00020126330014br.gov.bcb.pix0111129183146095204000053039865406100.005802BR5911Tourmania856006Santos62230519mpqrinter12410122386304'
    assert.equal(crc16(sample), 'D89B')
    assert.equal(crc16('123456789'), '29B1')
  })

  test('writes that sample itself from its parts', ({ assert }) => {
    const code = pixCode({
      key: '12918314609',
      amountMinor: 100_00,
      merchant: 'Tourmania85',
      city: 'Santos',
      transactionId: 'mpqrinter1241012238',
    })
    assert.isTrue(code.endsWith('6304D89B'))
  })

  test('accepts tax ids by their check digits', ({ assert }) => {
    assert.isTrue(isCpf('12345678909'))
    assert.isFalse(isCpf('11111111111'))
    assert.isTrue(isCnpj('11222333000181'))
    assert.isTrue(isCnpj('12ABC34501DE35'))
    assert.isFalse(isCnpj('12ABC34501DE36'))
  })
})
