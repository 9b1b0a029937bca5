import { test } from '@japa/runner'
import { checkTaxId, taxIdKindsOf } from '#app/core/tax_ids'
import { randomCnpj, randomCpf } from '#tests/support/tax_ids'

test.group('Tax ids', () => {
  test('{0} {1} is stored as {2} and shown as {3}')
    .with([
      ['CPF', '529.982.247-25', '52998224725', '***.982.247-**'],
      ['CNPJ', '11.222.333/0001-81', '11222333000181', '11.***.***/0001-81'],
      ['CNPJ', '12.abc.345/01de-35', '12ABC34501DE35', '12.***.***/01DE-35'],
      ['CUIT', '20-26756539-3', '20267565393', '20-****6539-3'],
      ['RFC', 'GODE561231GR8', 'GODE561231GR8', '*********1GR8'],
      ['RUT', '12.531.909-2', '125319092', '*****9092'],
      ['RUT', '21 100342 0017', '211003420017', '********0017'],
      ['NIT', '213.123.432-1', '2131234321', '***.***.43*-1'],
      ['RUC', '20512333797', '20512333797', '*******3797'],
    ] as const)
    .run(({ assert }, [kind, typed, digits, masked]) => {
      assert.deepEqual(checkTaxId(kind, typed), { kind, digits, masked })
    })

  test('{0} "{1}" is refused')
    .with([
      ['CPF', '529.982.247-26'],
      ['CPF', '111.111.111-11'],
      ['CPF', '11.222.333/0001-81'],
      ['CPF', ''],
      ['CPF', '52998224725; drop table'],
      ['CNPJ', '00.000.000/0000-00'],
      ['CNPJ', '11.222.333/0001-82'],
      ['cpf', '529.982.247-25'],
      ['__proto__', '529.982.247-25'],
      ['RUT', '12.531.909-3'],
    ])
    .run(({ assert }, [kind, typed]) => {
      assert.isNull(checkTaxId(kind, typed))
    })

  test('a megabyte of digits is refused without a look', ({ assert }) => {
    assert.isNull(checkTaxId('CPF', '5'.repeat(1_000_000)))
  })

  test('every generated CPF and CNPJ passes, and none after one digit is changed', ({ assert }) => {
    for (let round = 0; round < 200; round++) {
      for (const [kind, digits] of [
        ['CPF', randomCpf()],
        ['CNPJ', randomCnpj()],
        ['CNPJ', randomCnpj({ alphanumeric: true })],
      ]) {
        const last = (Number(digits.at(-1)) + 1) % 10
        assert.equal(checkTaxId(kind, digits)?.digits, digits)
        assert.isNull(checkTaxId(kind, digits.slice(0, -1) + last), digits)
      }
    }
  })

  test('a country without a site of Mercado Pago has no kinds', ({ assert }) => {
    assert.deepEqual(taxIdKindsOf('BR'), ['CPF', 'CNPJ'])
    assert.deepEqual(taxIdKindsOf('constructor'), [])
  })
})
