import { test } from '@japa/runner'
import { chargeCard } from './card_support.js'
import { moneyOf, payoutRequest } from './payout_support.js'
import { releasedCents, reportsOf, rowsOf, total } from './report_support.js'
import { pixRequest, startTestSimulator, type TestSimulator } from './support.js'

const HEADER =
  'DATE,SOURCE_ID,EXTERNAL_REFERENCE,RECORD_TYPE,DESCRIPTION,NET_CREDIT_AMOUNT,NET_DEBIT_AMOUNT,' +
  'GROSS_AMOUNT,MP_FEE_AMOUNT,FINANCING_FEE_AMOUNT,SHIPPING_FEE_AMOUNT,TAXES_AMOUNT,' +
  'COUPON_AMOUNT,INSTALLMENTS,PAYMENT_METHOD'

test.group('Simulator | lines of reports', (group) => {
  let simulator: TestSimulator
  let release: ReturnType<typeof reportsOf>
  let settlement: ReturnType<typeof reportsOf>
  let money: ReturnType<typeof moneyOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    release = reportsOf(simulator, 'release')
    settlement = reportsOf(simulator, 'settlement')
    money = moneyOf(simulator)
    return () => simulator.close()
  })

  async function paid(request: Record<string, unknown> = pixRequest()): Promise<number> {
    const { body } = await simulator.post('/v1/payments', request)
    await simulator.control(`/payments/${body.id}/pay`)
    return body.id
  }

  /** Description, credit and debit of each movement. */
  async function told() {
    const rows = await release.rows()
    return rows
      .filter((row) => row.RECORD_TYPE === 'release')
      .map((row) => [row.DESCRIPTION, row.NET_CREDIT_AMOUNT, row.NET_DEBIT_AMOUNT].join(' '))
  }

  test('of releases begin with what was there and end with what is', async ({ assert }) => {
    await money.move('deposit', 500)
    const { now } = release
    await simulator.control('/clock', { advance_days: 1 })
    const begin = await now()
    await paid()
    await simulator.call('POST', `${release.base}`, { begin_date: begin, end_date: await now() })
    await simulator.control('/clock', { advance_seconds: 2 })
    const [{ file_name: name }] = await release.list()
    const { body, headers } = await release.file(name)
    assert.match(headers.get('content-type')!, /^text\/csv/)
    assert.equal(body.split('\n')[0], HEADER)
    const [first, movement, last, ...none] = rowsOf(body)
    assert.deepEqual(none, [])
    assert.deepInclude(first, {
      RECORD_TYPE: 'initial_available_balance',
      NET_CREDIT_AMOUNT: '500.00',
      GROSS_AMOUNT: '500.00',
      SOURCE_ID: '',
    })
    assert.deepInclude(movement, {
      RECORD_TYPE: 'release',
      DESCRIPTION: 'payment',
      EXTERNAL_REFERENCE: 'c-pix',
      NET_CREDIT_AMOUNT: '99.01',
      NET_DEBIT_AMOUNT: '0.00',
      GROSS_AMOUNT: '100.00',
      MP_FEE_AMOUNT: '-0.99',
      PAYMENT_METHOD: 'pix',
    })
    assert.match(movement.DATE, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-04:00$/)
    assert.deepInclude(last, {
      RECORD_TYPE: 'total',
      NET_CREDIT_AMOUNT: '599.01',
      NET_DEBIT_AMOUNT: '0.00',
      GROSS_AMOUNT: '599.01',
    })
  })

  test('of releases tell a boleto when it is released, those of all money when it is paid', async ({
    assert,
  }) => {
    const boleto = await simulator.charge()
    await simulator.control(`/payments/${boleto.id}/pay`)
    assert.deepEqual(await told(), [])
    assert.equal(total(await settlement.rows(), 'SETTLEMENT_NET_AMOUNT'), 14_651)
    await simulator.control('/clock', { advance_days: 15 })
    assert.deepEqual(await told(), ['payment 146.51 0.00'])
    assert.equal(total(await settlement.rows(), 'SETTLEMENT_NET_AMOUNT'), 14_651)
  })

  test('tell refund, chargeback, dispute and mediation apart', async ({ assert }) => {
    const [refunded, lost, won, mediated] = [await paid(), await paid(), await paid(), await paid()]
    await simulator.post(`/v1/payments/${refunded}/refunds`, { amount: 30 })
    await simulator.control(`/payments/${lost}/chargebacks`)
    await simulator.control(`/payments/${lost}/chargebacks/settle`)
    await simulator.control(`/payments/${won}/chargebacks`)
    await simulator.control(`/payments/${won}/chargebacks/reimburse`)
    await simulator.control(`/payments/${mediated}/mediations`)
    await simulator.control(`/payments/${mediated}/mediations/lose`)
    const lines = await told()
    assert.deepEqual(lines.slice(4), [
      'refund 0.00 29.70',
      'chargeback 0.00 99.01',
      'chargeback 0.00 99.01',
      'chargeback 99.01 0.00',
      'dispute 0.00 99.01',
      'dispute 99.01 0.00',
      'mediation 0.00 99.01',
    ])
    const rows = await settlement.rows()
    assert.deepEqual(
      rows.slice(4).map((row) => row.TRANSACTION_TYPE),
      ['REFUND', 'CHARGEBACK', 'CHARGEBACK', 'CHARGEBACK', 'DISPUTE', 'DISPUTE', 'REFUND']
    )
  })

  test('say nothing of a dispute about money that was not released', async ({ assert }) => {
    const [lost, won] = [await simulator.charge(), await simulator.charge()]
    for (const { id } of [lost, won]) {
      await simulator.control(`/payments/${id}/pay`)
      await simulator.control(`/payments/${id}/mediations`)
    }
    await simulator.control(`/payments/${lost.id}/mediations/lose`)
    await simulator.control(`/payments/${won.id}/mediations/win`)
    assert.deepEqual(await told(), [])
    const { pending, blocked } = await money.balance()
    assert.deepEqual([pending, blocked], [146.51, 0])
    await simulator.control('/clock', { advance_days: 15 })
    assert.deepEqual(await told(), ['payment 146.51 0.00'])
  })

  test('end with the whole of the second that they name', async ({ assert }) => {
    const second = Math.ceil((Date.now() + 60_000) / 1000) * 1000
    await simulator.control('/clock', { now: new Date(second + 400).toISOString() })
    await money.move('deposit', 5)
    const text = (at: number) => new Date(at).toISOString().replace('.000', '')
    const within = await release.rows(undefined, text(second))
    assert.equal(releasedCents(within), 500)
    const before = await release.rows(undefined, text(second - 1000))
    assert.equal(releasedCents(before), 0)
    const after = await release.rows(text(second + 1000), text(second + 2000))
    assert.equal(after[0].GROSS_AMOUNT, '5.00')
  })

  test('tell brand and instalments of a card, and nothing of one that was only authorized', async ({
    assert,
  }) => {
    await chargeCard(simulator, 'APRO', { capture: false })
    const paidInThree = await chargeCard(simulator, 'APRO', { installments: 3 })
    const rows = await settlement.rows()
    assert.lengthOf(rows, 1)
    assert.deepInclude(rows[0], {
      SOURCE_ID: String(paidInThree.id),
      PAYMENT_METHOD: 'master',
      PAYMENT_METHOD_TYPE: 'credit_card',
      INSTALLMENTS: '3',
    })
  })

  test('show fees that a refund does not return as owed', async ({ assert }) => {
    await money.settings({ refunded_charges: 'kept' })
    const boleto = await simulator.charge()
    await simulator.control(`/payments/${boleto.id}/pay`)
    await simulator.post(`/v1/payments/${boleto.id}/refunds`, {})
    assert.deepEqual(await told(), ['refund 0.00 3.49'])
    assert.equal(await money.available(), -3.49)
  })

  test('tell of payouts, withdrawals, taxes and yields', async ({ assert }) => {
    await money.allow()
    await money.settings({ payout_fee_minor: 50 })
    await money.move('deposit', 500)
    const { id } = await money.sent(payoutRequest(100, 'po-1'))
    await money.decide(id, 'reverted')
    await money.move('withdrawal', 10, 3)
    await money.move('tax', 1.5)
    await money.move('yield', 0.07)
    assert.deepEqual(await told(), [
      'payment 500.00 0.00',
      'payout 0.00 100.50',
      'payout 100.00 0.00',
      'withdrawal 0.00 13.00',
      'tax_withdholding 0.00 1.50',
      'asset_management_gain 0.07 0.00',
    ])
    const rows = await settlement.rows()
    const payout = rows.find((row) => row.TRANSACTION_TYPE === 'PAYOUT')!
    assert.deepInclude(payout, {
      SOURCE_ID: id,
      EXTERNAL_REFERENCE: 'po-1',
      TRANSACTION_AMOUNT: '-100.00',
      FEE_AMOUNT: '-0.50',
      SETTLEMENT_NET_AMOUNT: '-100.50',
    })
    assert.deepEqual(
      rows.slice(2).map((row) => row.TRANSACTION_TYPE),
      ['WITHDRAWAL_CANCEL', 'WITHDRAWAL', 'SETTLEMENT', 'SETTLEMENT']
    )
  })

  test('hold neither what came after their end nor what came after they were made', async ({
    assert,
  }) => {
    await paid()
    await simulator.control('/clock', { advance_seconds: 5 })
    const end = await release.now()
    await simulator.control('/clock', { advance_days: 1 })
    const before = await release.rows(undefined, end)
    await paid()
    const [{ file_name: name }] = await release.list()
    const { body } = await release.file(name)
    assert.deepEqual(rowsOf(body), before)
    assert.equal(releasedCents(before), 9901)
    assert.equal(releasedCents(await release.rows(undefined, end)), 9901)
  })
})
