import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { paymentRequest, splitName } from '#app/gateway/adapter/payment_request'
import type { NewProviderPayment } from '#app/gateway/provider'

const boleto: NewProviderPayment = {
  amountMinor: 150_10,
  currency: 'BRL',
  method: 'boleto',
  description: 'Perfume',
  externalReference: 'c-1',
  expiresAt: DateTime.fromISO('2026-12-01T23:59:59', { zone: 'America/Sao_Paulo' }),
  payer: {
    name: 'Maria da Silva',
    email: 'maria@example.com',
    taxIdKind: 'cpf',
    taxId: '12345678909',
    address: {
      postalCode: '01310100',
      street: 'Avenida Paulista',
      streetNumber: '',
      district: 'Bela Vista',
      city: 'São Paulo',
      stateCode: 'SP',
    },
  },
}

test.group('Asking Mercado Pago for a payment', () => {
  test('a boleto carries the names, the document and the six address fields', ({ assert }) => {
    assert.deepEqual(paymentRequest(boleto), {
      transaction_amount: 150.1,
      payment_method_id: 'bolbradesco',
      description: 'Perfume',
      external_reference: 'c-1',
      date_of_expiration: '2026-12-01T23:59:59.000-03:00',
      payer: {
        first_name: 'Maria',
        last_name: 'da Silva',
        email: 'maria@example.com',
        entity_type: 'individual',
        identification: { type: 'CPF', number: '12345678909' },
        address: {
          zip_code: '01310100',
          street_name: 'Avenida Paulista',
          street_number: 'S/N',
          neighborhood: 'Bela Vista',
          city: 'São Paulo',
          federal_unit: 'SP',
        },
      },
    })
  })

  test('a company is an association', ({ assert }) => {
    const payer = { ...boleto.payer, taxIdKind: 'cnpj', taxId: '11222333000181' }

    assert.equal(paymentRequest({ ...boleto, payer }).payer!.entity_type, 'association')
  })

  test('an instant in UTC is sent with an offset and milliseconds', ({ assert }) => {
    const expiresAt = boleto.expiresAt.toUTC()

    assert.equal(
      paymentRequest({ ...boleto, expiresAt }).date_of_expiration,
      '2026-12-02T02:59:59.000+00:00'
    )
  })

  test('every amount prints with at most two decimals', ({ assert }) => {
    for (const amountMinor of [1, 10, 29, 1_005, 4_35, 9_007_199, 1_000_000_000_000]) {
      const { transaction_amount: amount } = paymentRequest({ ...boleto, amountMinor })
      const [whole, decimals = ''] = JSON.stringify(amount).split('.')

      assert.equal(Number(whole + decimals.padEnd(2, '0')), amountMinor)
    }
  })

  test('a name of one word serves as both', ({ assert }) => {
    assert.deepEqual(splitName(' Madonna '), { first_name: 'Madonna', last_name: 'Madonna' })
  })
})
