import { test } from '@japa/runner'
import { PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { pixRequest, startTestSimulator, type TestSimulator } from './support.js'

test.group("Simulator | a payment's life", (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const settings = (values: Record<string, unknown>) =>
    simulator.call('PATCH', `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}`, values)

  async function paid(overrides: Record<string, unknown> = {}) {
    const { id } = await simulator.charge(overrides)
    const { body } = await simulator.control(`/payments/${id}/pay`)
    return body
  }

  test('fills fee, net amount and release date when a boleto is paid', async ({ assert }) => {
    const payment = await paid()
    assert.deepInclude(payment, {
      status: 'approved',
      status_detail: 'accredited',
      money_release_status: 'pending',
    })
    assert.deepEqual(payment.fee_details, [
      { type: 'mercadopago_fee', amount: 3.49, fee_payer: 'collector' },
    ])
    const [charge] = payment.charges_details
    assert.deepInclude(charge, { type: 'fee', name: 'mercadopago_fee' })
    assert.equal(charge.accounts.from, 'collector')
    assert.deepEqual(charge.amounts, { original: 3.49, refunded: 0 })
    assert.equal(payment.transaction_details.net_received_amount, 146.51)
    const days = Date.parse(payment.money_release_date) - Date.parse(payment.date_approved)
    assert.equal(days, 14 * 86_400_000)
  })

  test('releases a Pix at once and gives it an end-to-end id', async ({ assert }) => {
    const payment = await paid(pixRequest())
    assert.equal(payment.money_release_status, 'released')
    assert.equal(payment.transaction_details.net_received_amount, 99.01)
    assert.match(payment.point_of_interaction.transaction_data.e2e_id, /^E\d{20}\w{11}$/)
  })

  test('releases when the clock passes the day, and not before', async ({ assert }) => {
    const { id } = await paid()
    await simulator.control('/clock', { advance_days: 13 })
    const before = await simulator.payment(id)
    await simulator.control('/clock', { advance_days: 1 })
    const after = await simulator.payment(id)
    assert.equal(before.money_release_status, 'pending')
    assert.equal(after.money_release_status, 'released')
    assert.equal(after.money_release_date, before.money_release_date)
  })

  test('takes what was really paid, more or less than asked', async ({ assert }) => {
    const more = await simulator.charge()
    const { body: over } = await simulator.control(`/payments/${more.id}/pay`, { amount: 154.5 })
    assert.equal(over.transaction_amount, 154.5)
    assert.equal(over.transaction_details.total_paid_amount, 154.5)
    assert.equal(over.transaction_details.overpaid_amount, 4.5)
    const less = await simulator.charge()
    const { body: short } = await simulator.control(`/payments/${less.id}/pay`, { amount: 2 })
    assert.equal(short.transaction_amount, 2)
    assert.equal(short.transaction_details.net_received_amount, 0)
  })

  test('expires on its last second', async ({ assert }) => {
    const created = await simulator.charge()
    await simulator.control('/clock', { now: created.date_of_expiration })
    const expired = await simulator.payment(created.id)
    assert.deepInclude(expired, { status: 'cancelled', status_detail: 'expired' })
    assert.equal(expired.date_last_updated, created.date_of_expiration)
  })

  test('returns money that comes after the expiry', async ({ assert }) => {
    const { id } = await simulator.charge()
    await simulator.control(`/payments/${id}/expire`)
    const { body } = await simulator.control(`/payments/${id}/pay`)
    assert.deepInclude(body, { status: 'refunded', status_detail: 'by_admin' })
    assert.equal(body.transaction_amount_refunded, 150)
    assert.equal(body.refunds[0].source.type, 'admin')
    assert.isNotNull(body.date_approved)
  })

  test('keeps late money where the account accepts it', async ({ assert }) => {
    await settings({ late_payments: 'accepted' })
    const { id } = await simulator.charge()
    await simulator.control(`/payments/${id}/expire`)
    const { body } = await simulator.control(`/payments/${id}/pay`)
    assert.equal(body.status, 'approved')
  })

  test('withholds taxes and charges fees as the account is set', async ({ assert }) => {
    await settings({
      fees: { bolbradesco: { basis_points: 100, fixed_minor: 50 } },
      taxes: [{ name: 'tax_withholding-iibb', basis_points: 250 }],
      release_days: { bolbradesco: 2 },
    })
    const payment = await paid()
    assert.equal(payment.taxes_amount, 3.75)
    assert.equal(payment.fee_details[0].amount, 2)
    assert.equal(payment.charges_details[1].type, 'tax')
    assert.equal(payment.transaction_details.net_received_amount, 144.25)
    const days = Date.parse(payment.money_release_date) - Date.parse(payment.date_approved)
    assert.equal(days, 2 * 86_400_000)
  })

  test('refunds in parts and gives the fee back in proportion', async ({ assert }) => {
    const { id } = await paid()
    const first = await simulator.post(`/v1/payments/${id}/refunds`, { amount: 50 })
    assert.equal(first.status, 201)
    assert.deepInclude(first.body, {
      payment_id: id,
      amount: 50,
      status: 'approved',
      refund_mode: 'standard',
    })
    assert.deepInclude(first.body.source, { type: 'collector', id: String(PLATFORM_ACCOUNT_ID) })
    const partly = await simulator.payment(id)
    assert.deepInclude(partly, { status: 'approved', status_detail: 'partially_refunded' })
    assert.equal(partly.charges_details[0].amounts.refunded, 1.16)
    await simulator.post(`/v1/payments/${id}/refunds`, {})
    const wholly = await simulator.payment(id)
    assert.deepInclude(wholly, { status: 'refunded', transaction_amount_refunded: 150 })
    assert.equal(wholly.charges_details[0].amounts.refunded, 3.49)
    assert.lengthOf(wholly.refunds, 2)
    const { body: listed } = await simulator.get(`/v1/payments/${id}/refunds/`)
    assert.deepEqual(listed, wholly.refunds)
    const one = await simulator.get(`/v1/payments/${id}/refunds/${first.body.id}`)
    assert.deepEqual(one.body, first.body)
  })

  test('keeps its charges on a refund where the account says so', async ({ assert }) => {
    await settings({ refunded_charges: 'kept' })
    const { id } = await paid()
    await simulator.post(`/v1/payments/${id}/refunds`, {})
    const payment = await simulator.payment(id)
    assert.equal(payment.charges_details[0].amounts.refunded, 0)
  })

  test('refuses refunds that cannot be', async ({ assert }) => {
    const pending = await simulator.charge()
    const { id } = await paid()
    const code = async (paymentId: number, body: unknown) => {
      const answer = await simulator.post(`/v1/payments/${paymentId}/refunds`, body)
      return answer.body.cause[0].code
    }
    assert.equal(await code(pending.id, {}), 2063)
    assert.equal(await code(id, { amount: 150.01 }), 2085)
    assert.equal(await code(id, { amount: 0 }), 4040)
    assert.equal(await code(id, { amount: '1' }), 4041)
    assert.equal(await code(id, { amount: 1.005 }), 2085)
    assert.equal(await code(1, {}), 2000)
    const missing = await simulator.get(`/v1/payments/${id}/refunds/1`)
    assert.equal(missing.body.cause[0].code, 2032)
    await simulator.control('/clock', { advance_days: 181 })
    assert.equal(await code(id, {}), 2024)
  })

  test('answers a repeated refund with the first one, and refunds once', async ({ assert }) => {
    const one = await paid()
    const other = await paid()
    const first = await simulator.post(
      `/v1/payments/${one.id}/refunds`,
      { amount: 10 },
      'refund-key'
    )
    const again = await simulator.post(
      `/v1/payments/${one.id}/refunds`,
      { amount: 20 },
      'refund-key'
    )
    const crossed = await simulator.post(`/v1/payments/${other.id}/refunds`, {}, 'refund-key')
    assert.deepEqual(again.body, first.body)
    assert.deepEqual(crossed.body, first.body)
    const untouched = await simulator.payment(other.id)
    assert.equal(untouched.transaction_amount_refunded, 0)
  })

  test('loses and wins chargebacks, by which a Pix is taken back too', async ({ assert }) => {
    const lost = await paid(pixRequest())
    const opened = await simulator.control(`/payments/${lost.id}/chargebacks`)
    assert.deepInclude(opened.body, { status: 'charged_back', status_detail: 'in_process' })
    const settled = await simulator.control(`/payments/${lost.id}/chargebacks/settle`)
    assert.equal(settled.body.status_detail, 'settled')
    assert.equal(settled.body.charges_details[0].amounts.refunded, 0.99)
    const won = await paid()
    await simulator.control(`/payments/${won.id}/chargebacks`)
    const kept = await simulator.control(`/payments/${won.id}/chargebacks/reimburse`)
    assert.deepInclude(kept.body, { status: 'charged_back', status_detail: 'reimbursed' })
    assert.equal(kept.body.charges_details[0].amounts.refunded, 0)
  })

  test('opens a mediation that ends in approval or in a refund', async ({ assert }) => {
    const won = await paid()
    const opened = await simulator.control(`/payments/${won.id}/mediations`)
    assert.deepInclude(opened.body, { status: 'in_mediation', status_detail: 'pending' })
    const kept = await simulator.control(`/payments/${won.id}/mediations/win`)
    assert.deepInclude(kept.body, { status: 'approved', status_detail: 'accredited' })
    const lost = await paid()
    await simulator.control(`/payments/${lost.id}/mediations`)
    const refunded = await simulator.control(`/payments/${lost.id}/mediations/lose`)
    assert.deepInclude(refunded.body, { status: 'refunded', transaction_amount_refunded: 150 })
    assert.equal(refunded.body.refunds[0].source.type, 'bpp')
  })

  test('holds the release of disputed money until the seller wins', async ({ assert }) => {
    const { id } = await paid()
    await simulator.control(`/payments/${id}/chargebacks`)
    await simulator.control('/clock', { advance_days: 20 })
    const held = await simulator.payment(id)
    await simulator.control(`/payments/${id}/chargebacks/reimburse`)
    const free = await simulator.payment(id)
    assert.equal(held.money_release_status, 'pending')
    assert.equal(free.money_release_status, 'released')
  })

  test('refuses with 409 what the state does not allow', async ({ assert }) => {
    const { id } = await paid()
    for (const path of ['pay', 'expire', 'chargebacks/settle', 'mediations/win']) {
      const answer = await simulator.control(`/payments/${id}/${path}`)
      assert.equal(answer.status, 409, path)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    }
  })

  test('writes every effect into the journal in minor units', async ({ assert }) => {
    const { id } = await paid()
    await simulator.post(`/v1/payments/${id}/refunds`, { amount: 0.1 }, 'journal-key')
    const journal = await simulator.journal('payment')
    assert.deepEqual(
      journal.map((entry) => entry.effect),
      ['payment.created', 'payment.approved', 'payment.refunded']
    )
    assert.deepInclude(journal[1], { amount_minor: 15000, net_minor: 14651, charges_minor: 349 })
    assert.deepInclude(journal[2], { refund_amount_minor: 10, refunded_minor: 10 })
    const calls = await simulator.journal()
    const refund = calls.find((entry) => entry.idempotency_key === 'journal-key')!
    assert.deepInclude(refund, { account_id: PLATFORM_ACCOUNT_ID, status: 201, kind: 'call' })
    assert.equal(refund.token, '…9580')
  })
})
