import { test } from '@japa/runner'
import { chargeCard } from './card_support.js'
import { differences, type Shape } from './contract.js'
import { moneyOf, payoutRequest, bankAccount } from './payout_support.js'
import { configRequest, reportsOf } from './report_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'

const CHARGEBACK: { [field: string]: Shape } = {
  id: 'string',
  payments: ['number'],
  currency: 'string',
  amount: 'number',
  reason: 'string',
  coverage_applied: 'null',
  coverage_elegible: 'boolean',
  documentation_required: 'boolean',
  documentation_status: 'string',
  documentation: 'array',
  date_documentation_deadline: 'time',
  date_created: 'time',
  date_last_updated: 'time',
  live_mode: 'boolean',
  // As the official packages have it.
  payment_id: 'number',
  status: 'string',
  currency_id: 'string',
  reason_id: 'string',
  last_modified: 'time',
}

const CLAIM: { [field: string]: Shape } = {
  id: 'number',
  resource_id: 'number',
  status: 'string',
  type: 'string',
  stage: 'string',
  parent_id: 'null',
  resource: 'string',
  reason_id: 'string',
  fulfilled: 'boolean',
  quantity_type: 'string',
  players: [{ role: 'string', type: 'string', user_id: 'number', available_actions: 'array' }],
  resolution: 'null',
  site_id: 'string',
  date_created: 'time',
  last_updated: 'time',
}

const owner: Shape = { identification: { type: 'string', number: 'string' } }

const payout = (destination: { [field: string]: Shape }): Shape => ({
  id: 'string',
  status: 'string',
  created_date: 'utc',
  last_updated_date: 'utc',
  external_reference: 'string',
  point_of_interaction: { type: 'string' },
  seller_configuration: { notification_info: { notification_url: 'null' } },
  transaction: {
    from: { accounts: [{ amount: 'number', status_detail: 'string' }] },
    to: { accounts: [{ ...destination, owner, amount: 'number', status_detail: 'string' }] },
    paid_amount: 'number',
    refunded_amount: 'number',
    payer: { id: 'number' },
    total_amount: 'number',
  },
})

const REPORT: { [field: string]: Shape } = {
  id: 'number',
  account_id: 'number',
  user_id: 'number',
  begin_date: 'utc',
  end_date: 'utc',
  created_from: 'string',
  currency_id: 'string',
  date_created: 'time',
  file_name: 'null',
  format: 'string',
  generation_date: 'time',
  internal_management: 'array',
  is_reserve: 'boolean',
  is_test: 'boolean',
  last_modified: 'time',
  report_id: 'number',
  retries: 'number',
  status: 'string',
  sub_type: 'string',
}

const SCHEDULE: Shape = {
  id: 'number',
  user_id: 'number',
  begin_date: 'utc',
  end_date: 'utc',
  created_from: 'string',
  status: 'string',
  report_type: 'string',
  generation_date: 'utc',
  last_modified: 'time',
  retries: 'number',
}

const CONFIG: Shape = {
  file_name_prefix: 'string',
  columns: [{ key: 'string' }],
  frequency: { hour: 'number', type: 'string', value: 'number' },
  display_timezone: 'string',
  separator: 'string',
  scheduled: 'boolean',
}

/** The sample headers of the documentation, as far as they are given. */
const COLUMNS = {
  release:
    'DATE,SOURCE_ID,EXTERNAL_REFERENCE,RECORD_TYPE,DESCRIPTION,NET_CREDIT_AMOUNT,NET_DEBIT_AMOUNT,' +
    'GROSS_AMOUNT,MP_FEE_AMOUNT,FINANCING_FEE_AMOUNT,SHIPPING_FEE_AMOUNT,TAXES_AMOUNT,' +
    'COUPON_AMOUNT,INSTALLMENTS,PAYMENT_METHOD',
  settlement:
    'EXTERNAL_REFERENCE;SOURCE_ID;USER_ID;PAYMENT_METHOD_TYPE;PAYMENT_METHOD;SITE;' +
    'TRANSACTION_TYPE;TRANSACTION_AMOUNT;TRANSACTION_CURRENCY;TRANSACTION_DATE;FEE_AMOUNT;' +
    'SETTLEMENT_NET_AMOUNT;SETTLEMENT_CURRENCY;SETTLEMENT_DATE;REAL_AMOUNT;COUPON_AMOUNT;METADATA;' +
    'MKP_FEE_AMOUNT;FINANCING_FEE_AMOUNT;SHIPPING_FEE_AMOUNT;TAXES_AMOUNT;INSTALLMENTS;ORDER_ID',
} as const

test.group('Simulator | the contract of money', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('holds for chargebacks, alone and found, documented and decided', async ({ assert }) => {
    const { id } = await chargeCard(simulator)
    await simulator.control(`/payments/${id}/chargebacks`)
    const paging: Shape = { total: 'number', limit: 'number', offset: 'number' }
    const read = () => bodyOf(simulator.get(`/v1/chargebacks/${id}`))
    assert.deepEqual(differences(await read(), CHARGEBACK), [])
    const found = await bodyOf(simulator.get(`/v1/chargebacks/search?payment_id=${id}`))
    assert.deepEqual(differences(found, { paging, results: [CHARGEBACK] }), [])

    const form = new FormData()
    form.append('files[]', new File(['%PDF-1.7'], 'proof.pdf'))
    const address = `${simulator.url}/v1/chargebacks/${id}/documentation`
    const headers = { authorization: `Bearer ${simulator.accounts[0].access_token}` }
    await fetch(address, { method: 'POST', headers, body: form })
    const documentation: Shape = [{ type: 'string', url: 'string', description: 'string' }]
    assert.deepEqual(differences(await read(), { ...CHARGEBACK, documentation }), [])
    await simulator.control(`/payments/${id}/chargebacks/settle`)
    const decided = { ...CHARGEBACK, documentation, coverage_applied: 'boolean' as const }
    assert.deepEqual(differences(await read(), decided), [])
    const { status } = await read()
    assert.equal(status, 'lost')
  })

  test('holds for claims, open and closed', async ({ assert }) => {
    const { id } = await chargeCard(simulator)
    await simulator.control(`/payments/${id}/mediations`)
    const [{ claim_id: claim }] = await simulator.journal('mediation.opened')
    const read = () => bodyOf(simulator.get(`/post-purchase/v1/claims/${claim}`))
    assert.deepEqual(differences(await read(), CLAIM), [])
    await simulator.control(`/payments/${id}/mediations/lose`)
    const resolution: Shape = {
      reason: 'string',
      date_created: 'time',
      decision: [{ benefited: 'string' }],
      closed_by: 'string',
    }
    assert.deepEqual(differences(await read(), { ...CLAIM, resolution }), [])
  })

  test('holds for payouts, to a key and to a bank account', async ({ assert }) => {
    const money = moneyOf(simulator)
    await money.allow()
    await money.move('deposit', 500)
    const { body: toKey } = await money.send(payoutRequest(100, 'one'))
    const key = { type: 'string', chave: { type: 'string', value: 'string' } } as const
    assert.deepEqual(differences(toKey, payout(key)), [])
    assert.deepEqual(differences(await money.show(toKey.id), payout(key)), [])
    const request = payoutRequest(100, 'two')
    request.transaction.to.accounts = [bankAccount()]
    const { body: toBank } = await money.send(request)
    const account = {
      type: 'string',
      bank_id: 'string',
      branch: 'string',
      number: 'string',
      holder: 'string',
      currency_id: 'string',
    } as const
    assert.deepEqual(differences(toBank, payout(account)), [])
  })

  for (const kind of ['release', 'settlement'] as const) {
    test(`holds for the ${kind} report, asked for, listed, configured and scheduled`, async ({
      assert,
    }) => {
      const reports = reportsOf(simulator, kind)
      const asked = await reports.ask('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')
      assert.equal(asked.status, 202)
      assert.deepEqual(differences(asked.body, REPORT), [])
      await simulator.control('/clock', { advance_seconds: 2 })
      const listed = await reports.list()
      assert.deepEqual(differences(listed, [{ ...REPORT, file_name: 'string' }]), [])
      const { body: csv } = await reports.file(listed[0].file_name)
      assert.isTrue(csv.startsWith(COLUMNS[kind]), csv.split('\n')[0])

      const columns = [{ key: 'SOURCE_ID' }, { key: 'EXTERNAL_REFERENCE' }]
      const config = await reports.config('POST', configRequest({ columns }))
      assert.equal(config.status, 201)
      assert.deepEqual(differences(config.body, CONFIG), [])
      const scheduled = await bodyOf(reports.schedule('POST'))
      const stopped = await bodyOf(reports.schedule('DELETE'))
      for (const schedule of [scheduled, stopped]) {
        assert.deepEqual(differences(schedule, SCHEDULE), [])
      }
      assert.deepEqual([scheduled.status, stopped.status], ['pending', 'deleted'])
    })
  }
})
