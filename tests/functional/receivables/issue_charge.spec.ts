import { test } from '@japa/runner'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'
import { PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import { givenReceivable, givenSeller, issueBoleto } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

/** How many payments Mercado Pago really made. */
async function paymentsMade(): Promise<number> {
  const journal = await simulator.journal()
  return journal.filter((entry) => entry.effect === 'payment.created').length
}

const creating = 'POST /v1/payments'

test.group('Issuing a boleto', () => {
  test('the charge says what to pay, where and whose fee it carries', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)

    const charge = await issueBoleto(tenant, receivable)

    assert.equal(charge.state, 'pending')
    assert.match(charge.digitableLine!, /^\d{47}$/)
    assert.match(charge.barcode!, /^\d{44}$/)
    assert.match(charge.documentUrl!, /ticket/)
    assert.equal(charge.collectorId, String(PLATFORM_ACCOUNT_ID))
    assert.equal(charge.mode, 'centralized')
    assert.equal(charge.feePercent, '1.00')
    assert.equal(charge.estimatedChargesMinor, 3_49)
    assert.equal(charge.estimatedFeeMinor, 1_50)
    await receivable.refresh()
    assert.equal(receivable.state, 'open')
    assert.isNotNull(receivable.openedAt)
    const payment = await simulator.payment(charge.providerPaymentId!)
    assert.equal(payment.external_reference, `c-${charge.id}`)
    assert.equal(payment.transaction_amount, 150)
  })

  test('fifty presses at once make one boleto', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)

    const charges = await Promise.all(
      Array.from({ length: 50 }, () => issueBoleto(tenant, receivable))
    )

    assert.lengthOf(new Set(charges.map(({ id }) => id)), 1)
    assert.equal(await paymentsMade(), 1)
  })

  test('a lost answer is asked for again with the same key', async ({ assert }) => {
    for (const kind of ['error_after_work', 'cut_body', 'malformed_body', 'huge_body']) {
      await simulator.reset()
      const tenant = await givenSeller()
      await simulator.fault({ kind, route: creating, times: 1 })
      const charge = await issueBoleto(tenant, await givenReceivable(tenant))
      assert.equal(charge.state, 'creating', kind)
      assert.equal(charge.failureCode, 'unknown', kind)

      await simulator.advance({ seconds: 61 })
      assert.equal(await new ResumeCharges().handle(), 1, kind)

      await charge.refresh()
      assert.equal(charge.state, 'pending', kind)
      assert.equal(await paymentsMade(), 1, kind)
    }
  }).timeout(60_000)
})
