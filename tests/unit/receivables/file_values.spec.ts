import { test } from '@japa/runner'
import { plainAmount, plainDate } from '#app/receivables/imports/file_values'

test.group('Amounts in a file', () => {
  test('are read as every spreadsheet of the region writes them')
    .with([
      ['1.234,56', '1234.56'],
      ['1,234.56', '1234.56'],
      ['1234.56', '1234.56'],
      ['1234,5', '1234.50'],
      ['1.234', '1234.00'],
      ['1,234', '1234.00'],
      ['1.234.567,89', '1234567.89'],
      ['R$ 1.234,56', '1234.56'],
      ['$1,234.56', '1234.56'],
      ['US$ 10', '10.00'],
      ['S/ 10.50', '10.50'],
      ['BRL\u00a01 234,50', '1234.50'],
      ['150', '150.00'],
    ])
    .run(({ assert }, [text, plain]) => assert.equal(plainAmount(text, 'BRL'), plain))

  test('are left to be refused when nobody can say what they mean')
    .with(['0.123', '1.23.4', '1,234,56', '1.234.56', '1.2345', '-5', 'dez', '', '1.234,567'])
    .run(({ assert }, text) => assert.equal(plainAmount(text, 'BRL'), text))

  test('have no cents where the currency has none', ({ assert }) => {
    assert.equal(plainAmount('$150.000', 'CLP'), '150000')
    assert.equal(plainAmount('150000,00', 'CLP'), '150000')
    assert.equal(plainAmount('150,50', 'CLP'), '150,50')
  })
})

test.group('Dates in a file', () => {
  test('are ISO, or begin with the day')
    .with([
      ['2026-12-31', '2026-12-31'],
      ['31/12/2026', '2026-12-31'],
      ['1/2/2026', '2026-02-01'],
      ['31-12-2026', '2026-12-31'],
      ['31.12.2026', '2026-12-31'],
      ['2026-12-31 00:00:00', '2026-12-31'],
      ['31/12/2026 10:00', '2026-12-31'],
      ['31/12/26', '31/12/26'],
      ['12/31/2026', '2026-31-12'],
    ])
    .run(({ assert }, [text, plain]) => assert.equal(plainDate(text), plain))
})
