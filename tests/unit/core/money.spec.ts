import { test } from '@japa/runner'
import fc from 'fast-check'
import { currencies } from '#app/core/currencies'
import {
  MAX_AMOUNT_MINOR,
  basisPoints,
  fromDecimal,
  percentOf,
  percentText,
  proportion,
  sumMinor,
  toDecimal,
} from '#app/core/money'

const amount = fc.integer({ min: 1, max: MAX_AMOUNT_MINOR })
const signedAmount = fc.integer({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR })
const percent = fc.integer({ min: 0, max: 10_000 })
const code = fc.constantFrom(...Object.keys(currencies))

/** Half away from zero, by another road: whole part and twice the rest. */
function rounded(numerator: bigint, denominator: bigint): number {
  const size = numerator < 0n ? -numerator : numerator
  const up = (size % denominator) * 2n >= denominator ? 1n : 0n
  const result = size / denominator + up
  return Number(numerator < 0n ? -result : result)
}

test.group('A share of an amount', () => {
  test('a percentage is exact and rounded half away from zero', () => {
    fc.assert(
      fc.property(signedAmount, percent, (minor, points) => {
        const exact = rounded(BigInt(minor) * BigInt(points), 10_000n)
        return percentOf(minor, points) === (exact === 0 ? 0 : exact)
      })
    )
  })

  test('half a cent goes away from zero', ({ assert }) => {
    assert.equal(percentOf(50, 100), 1)
    assert.equal(percentOf(49, 100), 0)
    assert.equal(percentOf(-50, 100), -1)
    assert.isFalse(Object.is(percentOf(-49, 100), -0))
  })

  test('a proportion is exact whatever the size of its product', () => {
    fc.assert(
      fc.property(signedAmount, amount, amount, (value, part, whole) => {
        fc.pre(part <= whole)
        const exact = rounded(BigInt(value) * BigInt(part), BigInt(whole))
        return proportion(value, part, whole) === (exact === 0 ? 0 : exact)
      })
    )
  })

  test('fee, net and charges add up to the gross, for every amount up to 10¹²', () => {
    fc.assert(
      fc.property(amount, percent, percent, (gross, feePoints, chargePoints) => {
        const charges = percentOf(gross, chargePoints)
        const fee = Math.min(percentOf(gross, feePoints), gross - charges)
        const net = gross - charges - fee
        return net >= 0 && fee >= 0 && sumMinor([net, fee, charges]) === gross
      })
    )
  })

  test('what goes back in many parts is in the end what was taken, cent for cent', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 10 ** 9 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(parts, percent, (refunds, points) => {
        const gross = sumMinor(refunds)
        const fee = percentOf(gross, points)
        let refunded = 0
        let returned = 0
        for (const refund of refunds) {
          refunded += refund
          const back = proportion(fee, refunded, gross) - returned
          if (back < 0) return false
          returned += back
        }
        return returned === fee
      })
    )
  })

  test('of nothing is nothing', ({ assert }) => {
    assert.equal(proportion(100, 5, 0), 0)
    assert.equal(sumMinor([]), 0)
  })

  test('refuses {0}')
    .with([[0.5], [Number.NaN], [Infinity], [2 ** 53], ['100']])
    .run(({ assert }, [value]) => {
      assert.throws(() => percentOf(value as number, 100), /minor units/)
      assert.throws(() => sumMinor([value as number]), /minor units/)
    })

  test('refuses a sum that a number cannot hold', ({ assert }) => {
    assert.throws(() => sumMinor([Number.MAX_SAFE_INTEGER, 1]), /minor units/)
  })
})

test.group('Decimals of the provider', () => {
  test('an amount comes back from its decimal, as text and as a JSON number', () => {
    fc.assert(
      fc.property(signedAmount, code, (amountMinor, currency) => {
        const text = toDecimal({ amountMinor, currency })
        const asNumber = JSON.parse(text) as number
        return (
          fromDecimal(text, currency) === amountMinor &&
          fromDecimal(asNumber, currency) === (amountMinor === 0 ? 0 : amountMinor)
        )
      })
    )
  })

  test('{0} {1} is {2} in minor units')
    .with([
      ['BRL', '150.00', 15_000],
      ['BRL', 150.1, 15_010],
      ['BRL', '0.30', 30],
      ['BRL', '-0.01', -1],
      ['CLP', '1500', 1500],
      ['CLP', '1500.00', 1500],
      ['COP', '1500', 150_000],
    ] as const)
    .run(({ assert }, [currency, decimal, minor]) => {
      assert.equal(fromDecimal(decimal, currency), minor)
    })

  test('{0} does not know {1}')
    .with([
      ['BRL', '1.005'],
      ['BRL', 0.1 + 0.2],
      ['BRL', '1e3'],
      ['BRL', 1e21],
      ['BRL', ''],
      ['BRL', ' 1'],
      ['BRL', '1,00'],
      ['BRL', Number.NaN],
      ['CLP', '1.5'],
      ['XXX', '1.00'],
      ['__proto__', '1.00'],
    ] as const)
    .run(({ assert }, [currency, decimal]) => {
      assert.throws(() => fromDecimal(decimal, currency), RangeError as never)
    })
})

test.group('Percentages', () => {
  test('come back from their text', () => {
    fc.assert(fc.property(percent, (points) => basisPoints(percentText(points)) === points))
  })

  test('"{$self}" is none')
    .with(['', '-1', '1.005', '100.01', '1,5', '1e2', 'abc', '1000'])
    .run(({ assert }, text) => {
      assert.throws(() => basisPoints(text), /Not a percentage/)
    })
})
