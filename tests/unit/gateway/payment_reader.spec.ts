import { test } from '@japa/runner'
import { readNews, readPayment } from '#app/gateway/adapter/payment_reader'

/** A boleto as Mercado Pago's own samples show it. */
const boleto = {
  id: 1311781516,
  date_created: '2023-02-23T16:32:52.889-04:00',
  date_of_expiration: '2023-02-27T22:59:59.000-04:00',
  payment_method_id: 'bolbradesco',
  payment_type_id: 'ticket',
  status: 'pending',
  status_detail: 'pending_waiting_payment',
  currency_id: 'BRL',
  live_mode: false,
  collector_id: 1036739580,
  payer: { id: '1', email: 'someone@example.com' },
  additional_info: { payer: { first_name: 'Someone' }, items: [] },
  external_reference: 'c-0198',
  transaction_amount: 100,
  transaction_amount_refunded: 0,
  barcode: { content: '23793927400000100503000260600338183000633330' },
  transaction_details: {
    net_received_amount: 0,
    external_resource_url: 'https://www.mercadopago.com.br/payments/1311781516/ticket',
  },
  fee_details: [],
  charges_details: [],
  refunds: [],
  money_release_date: null,
  money_release_status: null,
}

const approved = (more: object) => ({
  ...boleto,
  status: 'approved',
  status_detail: 'accredited',
  date_approved: '2023-02-24T10:00:00.000-04:00',
  transaction_amount: 12.34,
  transaction_details: { net_received_amount: 11.72 },
  ...more,
})

const collectorCharge = (type: string, original: number, more: object = {}) => ({
  name: type,
  type,
  accounts: { from: 'collector', to: 'mp' },
  amounts: { original, refunded: 0 },
  ...more,
})

test.group('Reading a payment of Mercado Pago', () => {
  test('a boleto has text ids, minor units and instants in UTC', ({ assert }) => {
    const payment = readPayment(boleto)

    assert.equal(payment.id, '1311781516')
    assert.equal(payment.collectorId, '1036739580')
    assert.equal(payment.amountMinor, 100_00)
    assert.equal(payment.createdAt.toISO(), '2023-02-23T20:32:52.889Z')
    assert.equal(payment.expiresAt!.toISO(), '2023-02-28T02:59:59.000Z')
    assert.isNull(payment.approvedAt)
    assert.isNull(payment.netReceivedMinor)
    assert.equal(payment.updatedAt.toMillis(), payment.createdAt.toMillis())
  })

  test('the barcode is found at the top and inside the details', ({ assert }) => {
    const barcode = '23791164700000150003380260600001234500633330'
    const details = { barcode: { content: barcode }, digitable_line: '2379' }
    const inside = readPayment({ ...boleto, barcode: undefined, transaction_details: details })

    assert.equal(readPayment(boleto).boleto!.barcode, boleto.barcode.content)
    assert.equal(inside.boleto!.barcode, barcode)
    assert.equal(inside.boleto!.digitableLine, '2379')
  })

  test('a document link that is no web address is dropped', ({ assert }) => {
    const details = { external_resource_url: 'javascript:alert(1)' }

    assert.isNull(readPayment({ ...boleto, transaction_details: details }).boleto!.documentUrl)
    assert.match(readPayment(boleto).boleto!.documentUrl!, /^https:/)
  })

  test('fees come from the short list while the detailed one has none', ({ assert }) => {
    const fees = [
      { type: 'mercadopago_fee', amount: 0.62, fee_payer: 'collector' },
      { type: 'financing_fee', amount: 1, fee_payer: 'payer' },
      { type: 'application_fee', amount: 0.12, fee_payer: 'collector' },
    ]
    const payment = readPayment(approved({ fee_details: fees, taxes_amount: 0.05 }))

    assert.deepEqual(payment.charges, [
      { type: 'fee', amountMinor: 62, refundedMinor: 0 },
      { type: 'tax', amountMinor: 5, refundedMinor: 0 },
    ])
    assert.equal(payment.applicationFeeMinor, 12)
    assert.equal(payment.netReceivedMinor, 1172)
  })

  test('the detailed list is never added to the short one', ({ assert }) => {
    const payment = readPayment(
      approved({
        fee_details: [{ type: 'mercadopago_fee', amount: 0.62, fee_payer: 'collector' }],
        taxes_amount: 0.05,
        charges_details: [
          collectorCharge('fee', 0.62, { amounts: { original: 0.62, refunded: 0.31 } }),
          collectorCharge('tax_withholding_payer', 0.05),
          collectorCharge('financing_fee', 0.2),
          collectorCharge('coupon', 0.1),
          collectorCharge('fee', 0.12, { name: 'application_fee' }),
          { ...collectorCharge('fee', 9), accounts: { from: 'payer', to: 'mp' } },
        ],
      })
    )

    assert.deepEqual(payment.charges, [
      { type: 'fee', amountMinor: 62, refundedMinor: 31 },
      { type: 'tax', amountMinor: 5, refundedMinor: 0 },
      { type: 'financing', amountMinor: 20, refundedMinor: 0 },
      { type: 'other', amountMinor: 10, refundedMinor: 0 },
    ])
    assert.equal(payment.applicationFeeMinor, 12)
  })

  test('a net that is not told is unknown, and not zero', ({ assert }) => {
    for (const details of [{}, { net_received_amount: null }, undefined]) {
      const { netReceivedMinor } = readPayment(approved({ transaction_details: details }))
      assert.isNull(netReceivedMinor)
    }
    assert.equal(readPayment(approved({})).netReceivedMinor, 11_72)
    assert.isNull(readPayment(boleto).netReceivedMinor)
  })

  test('a charge may name the collector by its id', ({ assert }) => {
    const charge = { ...collectorCharge('fee', 1), accounts: { from: 1036739580, to: 'mp' } }

    assert.lengthOf(readPayment(approved({ charges_details: [charge] })).charges, 1)
  })

  test('refunds carry their id as text', ({ assert }) => {
    const refunds = [{ id: 12, amount: 1.5, status: 'approved', source: { type: 'collector' } }]
    const [refund] = readPayment(approved({ refunds })).refunds

    assert.equal(refund.id, '12')
    assert.equal(refund.amountMinor, 150)
    assert.equal(refund.source, 'collector')
  })

  test('nothing of the payer is kept', ({ assert }) => {
    const kept = JSON.stringify(readPayment(boleto).snapshot)

    assert.notInclude(kept, 'someone@example.com')
    assert.notInclude(kept, 'Someone')
    assert.include(kept, '1311781516')
  })

  test('of a search no more is read than where to look', ({ assert }) => {
    const odd = { ...boleto, currency_id: 'USD', transaction_amount: 0.001 }
    assert.throws(() => readPayment(odd), RangeError)

    const { id, collectorId, updatedAt } = readNews(odd)

    assert.deepEqual([id, collectorId], ['1311781516', '1036739580'])
    assert.equal(updatedAt.toISO(), '2023-02-23T20:32:52.889Z')
    const other = { ...odd, collector_id: undefined, collector: { id: '7' } }
    assert.equal(readNews(other).collectorId, '7')
    assert.throws(() => readNews({ ...odd, id: null }), TypeError)
  })

  test('an answer that is no payment is refused, whatever it is', ({ assert }) => {
    const worse = [
      null,
      [],
      'text',
      {},
      { ...boleto, id: undefined },
      { ...boleto, id: 2 ** 60 },
      { ...boleto, currency_id: 'XXX' },
      { ...boleto, transaction_amount: '1e3' },
      { ...boleto, transaction_amount: 10.001 },
      { ...boleto, date_created: 'yesterday' },
    ]
    for (const json of worse) assert.throws(() => readPayment(json))
  })
})
