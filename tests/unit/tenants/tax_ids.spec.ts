import { test } from '@japa/runner'
import {
  checkTaxId,
  entityTypeOf,
  payerTaxIdKindsOf,
  payerTaxIds,
  readPayerTaxId,
  taxIdExamples,
  taxIdKindsOf,
} from '#app/core/tax_ids'
import {
  randomChileanRut,
  randomCi,
  randomCnpj,
  randomCpf,
  randomCuit,
  randomCurp,
  randomNit,
  randomRfc,
  randomRuc,
  randomUruguayanRut,
} from '#tests/support/tax_ids'

/** Each kind with a check digit: how one is made, by arithmetic of this test's own. */
const generated = [
  ['BR', 'CPF', () => randomCpf()],
  ['BR', 'CNPJ', () => randomCnpj()],
  ['BR', 'CNPJ', () => randomCnpj({ alphanumeric: true })],
  ['AR', 'CUIT', () => randomCuit()],
  ['MX', 'RFC', () => randomRfc()],
  ['MX', 'RFC', () => randomRfc({ company: true })],
  ['MX', 'CURP', () => randomCurp()],
  ['CL', 'RUT', () => randomChileanRut()],
  ['CO', 'NIT', () => randomNit()],
  ['PE', 'RUC', () => randomRuc()],
  ['UY', 'RUT', () => randomUruguayanRut()],
  ['UY', 'CI', () => randomCi()],
] as const

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

  test('{0}: every generated {1} passes, and none after its check digit is changed')
    .with([...generated])
    .run(({ assert }, [country, kind, make]) => {
      // Some RFC were given with an older alphabet, which leads to another digit.
      const furtherDigits = kind === 'RFC' ? 1 : 0
      for (let round = 0; round < 300; round++) {
        const digits = make()
        const others = [...'0123456789AK'].filter((sign) => sign !== digits.at(-1))
        const passing = others.filter((sign) =>
          checkTaxId(kind, digits.slice(0, -1) + sign, country)
        )
        assert.equal(checkTaxId(kind, digits, country)?.digits, digits, digits)
        assert.equal(readPayerTaxId(digits, country, kind)?.kind, kind, digits)
        assert.isAtMost(passing.length, furtherDigits, `${digits}: ${passing}`)
      }
    })

  test('punctuation, spaces and small letters do not count', ({ assert }) => {
    for (const [country, kind, make] of generated) {
      const digits = make()
      const dressed = digits.toLowerCase().replace(/(..)/g, '$1.').replace(/\.$/, '')
      for (const typed of [dressed, ` ${digits.slice(0, 4)} ${digits.slice(4)} `]) {
        assert.equal(checkTaxId(kind, typed, country)?.digits, digits, typed)
      }
    }
  })

  test('{0} takes {1} as a {2}')
    .with([
      ['AR', '12.345.678', 'DNI'],
      ['PE', '45678901', 'DNI'],
      ['CO', '1.020.304.050', 'CC'],
      ['CO', '345678', 'CE'],
      ['UY', '1.234.567-2', 'CI'],
    ] as const)
    .run(({ assert }, [country, typed, kind]) => {
      assert.equal(readPayerTaxId(typed, country, kind)?.kind, kind)
    })

  test('{0} refuses "{1}"')
    .with([
      ['AR', '123456'],
      ['AR', '0123456'],
      ['AR', '123456789'],
      ['PE', '1234567'],
      ['MX', 'GODE561231'],
      ['MX', 'XAXX010101000'],
      ['UY', '1.234.567-3'],
      ['BR', '20-26756539-3'],
      ['XX', '52998224725'],
    ])
    .run(({ assert }, [country, typed]) => {
      assert.deepEqual(payerTaxIds(typed, country), [])
    })

  test("Colombia's kinds look alike: the kind has to be chosen, and is checked", ({ assert }) => {
    const nit = randomNit()
    assert.isNull(readPayerTaxId(nit, 'CO'))
    assert.equal(readPayerTaxId(nit, 'CO', 'NIT')?.kind, 'NIT')
    const wrong = nit.slice(0, -1) + ((Number(nit.at(-1)) + 1) % 10)
    assert.isNull(readPayerTaxId(wrong, 'CO', 'NIT'))
    assert.isNull(readPayerTaxId(nit, 'CO', 'CPF'))
  })

  test('an older CI without its first zero is the same CI', ({ assert }) => {
    const older = ['1234561', '9876546', '1000009', '2345678'].find((one) => checkTaxId('CI', one))!
    assert.equal(checkTaxId('CI', older)?.digits, `0${older}`)
  })

  test('the number tells a person from a company where it can', ({ assert }) => {
    const told = (kind: string, digits: string) => entityTypeOf(kind as 'CPF', digits)
    assert.equal(told('CPF', randomCpf()), 'individual')
    assert.equal(told('CNPJ', randomCnpj()), 'association')
    assert.equal(told('CUIT', randomCuit(['20', '27'])), 'individual')
    assert.equal(told('CUIT', randomCuit(['30', '33'])), 'association')
    assert.equal(told('RFC', randomRfc()), 'individual')
    assert.equal(told('RFC', randomRfc({ company: true })), 'association')
    assert.equal(told('RUC', randomRuc(['10'])), 'individual')
    assert.equal(told('RUC', randomRuc(['20'])), 'association')
    assert.equal(told('RUT', randomUruguayanRut()), 'association')
    assert.isNull(told('RUT', randomChileanRut()))
    assert.isNull(told('NIT', randomNit()))
  })

  test("every country's example is a valid one of its first kind that has it", ({ assert }) => {
    for (const [country, example] of Object.entries(taxIdExamples)) {
      assert.isNotEmpty(payerTaxIds(example, country), country)
      assert.isNotEmpty(payerTaxIdKindsOf(country), country)
    }
  })

  test('a country without a site of Mercado Pago has no kinds', ({ assert }) => {
    assert.deepEqual(taxIdKindsOf('BR'), ['CPF', 'CNPJ'])
    assert.deepEqual(taxIdKindsOf('constructor'), [])
  })
})
