import { test } from '@japa/runner'
import fc from 'fast-check'
import { currencies, currency } from '#app/core/currencies'
import { MAX_AMOUNT_MINOR } from '#app/core/money'
import { amountInput, formatMoney, parseAmount } from '#app/core/money_text'

const locales = ['pt-BR', 'es', 'en'] as const

test.group('An amount as a person types it', () => {
  test('{1} in {0} is {2}')
    .with([
      ['pt-BR', '150', 15_000],
      ['pt-BR', '150,00', 15_000],
      ['pt-BR', '1.234,56', 123_456],
      ['pt-BR', '1234,56', 123_456],
      ['pt-BR', '1234.56', 123_456],
      ['pt-BR', ' 0,01 ', 1],
      ['pt-BR', '1.234', 123_400],
      ['es', '1.234,56', 123_456],
      ['es', '1234.56', 123_456],
      ['en', '1,234.56', 123_456],
      ['en', '1234.56', 123_456],
      ['en', '1,234', 123_400],
      ['en', '10,000,000,000.00', MAX_AMOUNT_MINOR],
    ] as const)
    .run(({ assert }, [locale, text, minor]) => {
      assert.equal(parseAmount(text, 'BRL', locale), minor)
    })

  test('"{1}" in {0} is none')
    .with([
      ...locales.flatMap((locale) =>
        [
          ...['', '0', '0,00', '0.00', '-1', '+1', '1e9', '1,5', '1.5', '1.005,5', 'abc'],
          ...['NaN', 'Infinity', '0x10', '1 000', '١٢٣', '💸', '__proto__', '1;2', '12,34,56'],
          ...['1.23,45', '1..234', '10.000.000.000,01', '10000000000.01', '9'.repeat(400)],
        ].map((text) => [locale, text] as const)
      ),
      ['en', '1.005'],
      ['pt-BR', '1,005'],
      ['es', '1,005'],
      ['en', '1.234,56'],
      ['pt-BR', '1,234.56'],
      ['es', '1,234.56'],
    ] as const)
    .run(({ assert }, [locale, text]) => {
      assert.isNull(parseAmount(text, 'BRL', locale))
    })

  test('a megabyte of text is refused at once', ({ assert }) => {
    const startedAt = performance.now()
    for (const text of ['1'.repeat(1_000_000), '1.'.repeat(500_000), ' '.repeat(1_000_000)]) {
      assert.isNull(parseAmount(text, 'BRL', 'pt-BR'))
    }
    assert.isBelow(performance.now() - startedAt, 1000)
  })

  test('each currency has its own decimals and its own step', ({ assert }) => {
    assert.equal(parseAmount('1.500', 'CLP', 'es'), 1500)
    assert.isNull(parseAmount('1500,50', 'CLP', 'es'))
    assert.equal(parseAmount('1.500', 'COP', 'es'), 150_000)
    assert.isNull(parseAmount('1500,50', 'COP', 'es'))
  })

  test('what an amount field shows is read back as the same amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_AMOUNT_MINOR / 100 }),
        fc.constantFrom(...Object.keys(currencies)),
        fc.constantFrom(...locales),
        (steps, code, locale) => {
          const amountMinor = steps * currency(code).chargeStepMinor
          const shown = amountInput({ amountMinor, currency: code }, locale)
          return parseAmount(shown, code, locale) === amountMinor
        }
      )
    )
  })
})

test.group('An amount as a page shows it', () => {
  test('{1} {2} in {0} reads {3}')
    .with([
      ['pt-BR', 'BRL', 123_456, 'R$ 1.234,56'],
      ['en', 'BRL', 123_456, 'R$1,234.56'],
      ['pt-BR', 'BRL', -1, '-R$ 0,01'],
      ['es', 'CLP', 1500, '1500 $'],
      ['pt-BR', 'BRL', 900_719_925_474_099_1, 'R$ 90.071.992.547.409,91'],
    ] as const)
    .run(({ assert }, [locale, code, amountMinor, text]) => {
      const shown = formatMoney({ amountMinor, currency: code }, locale)
      assert.equal(shown.replace(/\s/g, ' '), text)
    })
})
