import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { readMethods } from '#app/gateway/adapter/method_reader'
import { identification } from '#app/gateway/adapter/payment_request'
import { readPreference } from '#app/gateway/adapter/preference_reader'
import { preferenceRequest } from '#app/gateway/adapter/preference_request'
import type { NewPreference } from '#app/gateway/provider'

const at = (text: string) => DateTime.fromISO(text, { zone: 'America/Bogota' })

const link: NewPreference = {
  amountMinor: 50_000_00,
  currency: 'COP',
  description: 'Tienda: Perfume',
  externalReference: 'c-1',
  expiresAt: at('2027-06-01T23:59:59.999'),
  vouchersExpireAt: at('2026-12-20T12:00:00'),
  statementDescriptor: 'TIENDA',
  returnUrl: 'https://repasse.example/p/token',
  payer: { name: 'Ana Ruiz', email: 'ana@example.com', taxIdKind: 'NIT', taxId: '2131234321' },
}

test.group('Asking Mercado Pago for a payment link', () => {
  test('names the sale once, its end, and where the payer comes from', ({ assert }) => {
    assert.deepEqual(preferenceRequest(link), {
      items: [
        {
          id: 'c-1',
          title: 'Tienda: Perfume',
          quantity: 1,
          currency_id: 'COP',
          unit_price: 50_000,
        },
      ],
      payer: {
        name: 'Ana',
        surname: 'Ruiz',
        email: 'ana@example.com',
        identification: { type: 'NIT', number: '2131234321' },
      },
      external_reference: 'c-1',
      statement_descriptor: 'TIENDA',
      expires: true,
      expiration_date_to: '2027-06-01T23:59:59.999-05:00',
      date_of_expiration: '2026-12-20T12:00:00.000-05:00',
      back_urls: {
        success: link.returnUrl,
        pending: link.returnUrl,
        failure: link.returnUrl,
      },
      auto_return: 'approved',
    })
  })

  test('asks for no automatic return to an address in clear, which would be refused', ({
    assert,
  }) => {
    const request = preferenceRequest({ ...link, returnUrl: 'http://127.0.0.1:3333/p/token' })
    assert.notProperty(request, 'auto_return')
    assert.equal(request.back_urls?.success, 'http://127.0.0.1:3333/p/token')
  })

  test('names only documents that Mercado Pago has', ({ assert }) => {
    const of = (taxIdKind: string, taxId: string) =>
      identification({ name: 'A B', email: 'a@example.com', taxIdKind, taxId }).identification
    assert.deepEqual(of('cpf', '12345678909'), { type: 'CPF', number: '12345678909' })
    assert.deepEqual(of('CUIT', '20267565393'), { type: 'DNI', number: '26756539' })
    assert.deepEqual(of('CUIT', '20012345670'), { type: 'DNI', number: '1234567' })
    assert.isUndefined(of('CUIT', '30712345671'))
    assert.isUndefined(of('RFC', 'GODE561231GR8'))
  })
})

test.group('Reading a payment link', () => {
  const answer = {
    id: '1-2',
    collector_id: 1,
    external_reference: 'c-1',
    init_point: 'https://www.mercadopago.com/checkout?pref_id=1-2',
    date_created: '2026-11-21T08:00:00.000-04:00',
    expires: true,
    expiration_date_to: '2026-11-30T23:59:59.999-03:00',
  }

  test('gives text ids, and an end only to one that expires', ({ assert }) => {
    const read = readPreference(answer)
    assert.equal(read.collectorId, '1')
    assert.equal(read.closesAt?.toISO(), '2026-12-01T02:59:59.999Z')
    assert.isNull(readPreference({ ...answer, expires: false }).closesAt)
  })

  test('takes nothing for one that lacks its id or a safe address', ({ assert }) => {
    for (const wrong of [
      {},
      null,
      { ...answer, id: undefined },
      { ...answer, init_point: 'javascript:alert(1)' },
      { ...answer, collector_id: 1.5 },
    ]) {
      assert.throws(() => readPreference(wrong), TypeError)
    }
  })
})

test.group("Reading an account's methods", () => {
  test('leaves out what is switched off, and limits that say nothing', ({ assert }) => {
    const method = { payment_type_id: 'ticket', status: 'active' }
    const read = readMethods(
      [
        { ...method, id: 'rapipago', min_allowed_amount: 100, max_allowed_amount: 600000.5 },
        { ...method, id: 'pagofacil', min_allowed_amount: 0.001 },
        { ...method, id: 'cobroexpress', status: 'deactive' },
        { ...method },
      ],
      'ARS'
    )
    assert.deepEqual(read, [
      { id: 'rapipago', type: 'ticket', minMinor: 100_00, maxMinor: 600_000_50 },
      { id: 'pagofacil', type: 'ticket', minMinor: null, maxMinor: null },
    ])
    assert.throws(() => readMethods({ error: 'x' }, 'ARS'), TypeError)
  })
})
