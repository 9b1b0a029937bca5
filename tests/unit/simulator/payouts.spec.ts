import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { bankAccount, moneyOf, payoutRequest, statusOf } from './payout_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

/** What each reference comes to: status, detail, what is left of 500.00 after 100.00. */
const OUTCOMES: [string, string, string, number][] = [
  ['new', 'new', '', 400],
  ['failed_by_bank', 'failed', 'by_bank', 500],
  ['failed_by_provider', 'failed', 'by_provider', 500],
  ['failed_by_caps', 'failed', 'by_caps', 500],
  ['failed_other_reason', 'failed', 'other_reason', 500],
  ['failed_by_high_risk', 'failed', 'by_high_risk', 500],
  ['failed_by_compliance', 'failed', 'by_compliance', 500],
  ['failed_insufficient_funds', 'failed', 'insufficient_funds', 500],
  ['partially_processed', 'partially_processed', '', 400],
  ['partially_processed_pending_bank', 'partially_processed', 'pending_bank', 400],
  ['reverted', 'reverted', 'refunded', 500],
  ['partially_reverted_partially_refunded', 'partially_reverted', 'partially_refunded', 450],
  ['anything-else', 'processed', 'approved', 400],
]

const ID = /^\d+-[0-9A-HJKMNP-TV-Z]{26}$/

test.group('Simulator | payouts', (group) => {
  let simulator: TestSimulator
  let money: ReturnType<typeof moneyOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    money = moneyOf(simulator)
    await money.allow()
    await money.move('deposit', 500)
    return () => simulator.close()
  })

  test('answers 202 with every documented field and takes the money', async ({ assert }) => {
    const { status, body } = await money.send(payoutRequest(100, 'po-1'))
    assert.equal(status, 202)
    assert.match(body.id, ID)
    assert.isTrue(body.id.startsWith(`${PLATFORM_ACCOUNT_ID}-`))
    assert.match(body.created_date, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    assert.match(body.last_updated_date, /Z$/)
    const { owner, chave, type } = payoutRequest().transaction.to.accounts[0]
    const { created_date: created, last_updated_date: updated, id, ...rest } = body
    assert.deepEqual(rest, {
      status: 'processed',
      external_reference: 'po-1',
      point_of_interaction: { type: 'PSP_TRANSFER' },
      seller_configuration: { notification_info: { notification_url: null } },
      transaction: {
        from: { accounts: [{ amount: 100, status_detail: 'approved' }] },
        to: { accounts: [{ type, chave, owner, amount: 100, status_detail: 'approved' }] },
        paid_amount: 100,
        refunded_amount: 0,
        payer: { id: PLATFORM_ACCOUNT_ID },
        total_amount: 100,
      },
    })
    assert.deepEqual(await money.show(id), body)
    assert.equal(await money.available(), 400)
  })

  test('comes to {0} by its reference')
    .with(OUTCOMES)
    .run(async ({ assert }, [reference, status, detail, available]) => {
      const { body } = await money.send(payoutRequest(100, reference))
      assert.equal(body.status, status)
      assert.equal(body.transaction.from.accounts[0].status_detail, detail)
      assert.equal(await money.available(), available)
    })

  test('returns what came back, half or all', async ({ assert }) => {
    const half = await money.sent(payoutRequest(99.99, 'partially_reverted_partially_refunded'))
    const all = await money.sent(payoutRequest(100, 'reverted'))
    assert.deepInclude(half.transaction, {
      total_amount: 99.99,
      paid_amount: 50,
      refunded_amount: 49.99,
    })
    assert.deepInclude(all.transaction, { total_amount: 100, paid_amount: 0, refunded_amount: 100 })
  })

  test('is kept waiting for two minutes by a timeout, and was processed', async ({ assert }) => {
    const answered = money.send(payoutRequest(100, 'timeout'))
    let isAnswered = false
    void answered.then(() => (isAnswered = true))
    while ((await money.available()) === 500) await new Promise((r) => setTimeout(r, 5))
    await simulator.control('/clock', { advance_seconds: 110 })
    await new Promise((resolve) => setTimeout(resolve, 120))
    assert.isFalse(isAnswered)
    await simulator.control('/clock', { advance_seconds: 10 })
    const { body } = await answered
    assert.equal(body.status, 'processed')
  })

  test('answers 500 and moves nothing on an internal error', async ({ assert }) => {
    const { status, body } = await money.send(payoutRequest(100, 'internal_server_error'))
    assert.equal(status, 500)
    assert.equal(body.code, 'internal_server_error')
    assert.equal(await money.available(), 500)
    const { body: payouts } = await simulator.get(`${money.account}/payouts`)
    assert.deepEqual(payouts, [])
  })

  test('fails for want of money, its cost counted, and takes nothing', async ({ assert }) => {
    await money.settings({ payout_fee_minor: 1 })
    const { status, body } = await money.send(payoutRequest(500))
    assert.equal(status, 202)
    assert.equal(body.status, 'failed')
    assert.equal(body.transaction.from.accounts[0].status_detail, 'insufficient_funds')
    assert.equal(body.transaction.paid_amount, 0)
    assert.equal(await money.available(), 500)
    const covered = await money.sent(payoutRequest(499.99))
    assert.equal(covered.status, 'processed')
    assert.equal(await money.available(), 0)
  })

  test('does not count money that is not released yet', async ({ assert }) => {
    const { id } = await simulator.charge({ transaction_amount: 1000 })
    await simulator.control(`/payments/${id}/pay`)
    const sent = await money.sent(payoutRequest(501))
    assert.equal(sent.status, 'failed')
  })

  test('goes to a bank account as well', async ({ assert }) => {
    const request = payoutRequest()
    request.transaction.to.accounts = [bankAccount()]
    const { status, body } = await money.send(request)
    assert.equal(status, 202)
    assert.equal(body.transaction.to.accounts[0].bank_id, '99999004')
  })

  test('gives the first answer to the same key again and pays once', async ({ assert }) => {
    const key = { 'x-idempotency-key': 'once' }
    const first = await money.send(payoutRequest(100, 'a'), key)
    const second = await money.send(payoutRequest(200, 'b'), key)
    assert.equal(second.status, 202)
    assert.deepEqual(second.body, first.body)
    assert.equal(await money.available(), 400)
  })

  test('is processed when the bank is done, not before', async ({ assert }) => {
    await money.settings({ payout_seconds: 3600 })
    const { body } = await money.send(payoutRequest())
    assert.equal(body.status, 'in_process')
    assert.equal(body.transaction.to.accounts[0].status_detail, 'pending_bank')
    await simulator.control('/clock', { advance_seconds: 3590 })
    const before = await money.show(body.id)
    assert.equal(before.status, 'in_process')
    await simulator.control('/clock', { advance_seconds: 20 })
    const after = await money.show(body.id)
    assert.equal(after.status, 'processed')
    const took = Date.parse(after.last_updated_date) - Date.parse(after.created_date)
    assert.equal(took, 3_600_000)
    assert.equal(await money.available(), 400)
  })

  test('comes to what the account is set to', async ({ assert }) => {
    await money.settings({ payout_outcome: 'failed_by_caps' })
    const { body } = await money.send(payoutRequest(100, 'po-7'))
    assert.equal(body.transaction.from.accounts[0].status_detail, 'by_caps')
    await money.settings({ payout_outcome: null })
    const usual = await money.sent(payoutRequest(100, 'po-8'))
    assert.equal(usual.status, 'processed')
  })

  test('gives amount and cost back when it fails later, the amount when it returns', async ({
    assert,
  }) => {
    await money.settings({ payout_seconds: 60, payout_fee_minor: 200 })
    const failing = await money.sent(payoutRequest())
    assert.equal(await money.available(), 398)
    const failed = await money.decide(failing.id, 'failed_by_bank')
    assert.equal(failed.body.status, 'failed')
    assert.equal(await money.available(), 500)
    const returning = await money.sent(payoutRequest())
    await simulator.control('/clock', { advance_seconds: 60 })
    await money.decide(returning.id, 'reverted')
    assert.equal(await money.available(), 498)
  })

  test('cannot fail once processed, nor change at all once it came back', async ({ assert }) => {
    const { id } = await money.sent(payoutRequest())
    assert.equal(await statusOf(money.decide(id, 'failed_by_bank')), 409)
    assert.equal(await statusOf(money.decide(id, 'reverted')), 200)
    assert.equal(await statusOf(money.decide(id, 'reverted')), 409)
    assert.equal(await money.available(), 500)
  })

  test("hides another account's payout like one that never was", async ({ assert }) => {
    const { id } = await money.sent(payoutRequest())
    const headers = { authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}` }
    const path = '/v1/transaction-intents'
    const foreign = await simulator.call('GET', `${path}/${id}`, undefined, headers)
    const missing = await simulator.call('GET', `${path}/${id}x`, undefined, headers)
    assert.equal(foreign.status, 404)
    assert.deepEqual(foreign.body, missing.body)
  })

  test('writes each effect with the money that it moved into the journal', async ({ assert }) => {
    const { id } = await money.sent(payoutRequest(100, 'po-9'))
    await money.decide(id, 'reverted')
    const effects = await simulator.journal('payout.')
    assert.deepEqual(
      effects.map((entry) => [entry.effect, entry.status, entry.moved_minor]),
      [
        ['payout.created', 'new', -10_000],
        ['payout.processed', 'processed', 0],
        ['payout.reverted', 'reverted', 10_000],
      ]
    )
    assert.deepInclude(effects[0], { payout_id: id, external_reference: 'po-9' })
  })
})
