import { test } from '@japa/runner'
import {
  ARGENTINE_ACCOUNT_ID,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
} from '../../../app/simulator/main.js'
import { CLIENT, bearer, connect } from './oauth_support.js'
import { bodyOf, pixRequest, startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | application fee', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  let key = 0
  const charge = (token: string, change: Record<string, unknown>) =>
    simulator.call(
      'POST',
      '/v1/payments',
      { ...pixRequest(), ...change },
      { ...bearer(token), 'x-idempotency-key': String(key++) }
    )
  const paid = async (fee: number) => {
    const { access_token: token } = await connect(simulator)
    const { body } = await charge(token, { application_fee: fee })
    return bodyOf(simulator.control(`/payments/${body.id}/pay`))
  }
  const available = async (id: number) => {
    const { body } = await simulator.get(`/_simulator/accounts/${id}/balance`)
    return body.available
  }

  test('is refused unless another seller granted the token', async ({ assert }) => {
    const { access_token: seller } = await connect(simulator)
    const { access_token: owner } = await connect(simulator, PLATFORM_ACCOUNT_ID)
    const { body: own } = await simulator.call('POST', '/oauth/token', {
      ...CLIENT,
      grant_type: 'client_credentials',
    })
    const { body: colleague } = await simulator.control('/accounts', {
      client_id: PLATFORM_CLIENT_ID,
    })
    const { access_token: abroad } = await connect(simulator, ARGENTINE_ACCOUNT_ID)
    const codes = async (token: string, fee: unknown) => {
      const { body } = await charge(token, { application_fee: fee })
      return body.cause?.[0].code
    }
    assert.isUndefined(await codes(seller, 1))
    assert.isUndefined(await codes(seller, 0))
    assert.isUndefined(await codes(seller, 100))
    assert.equal(await codes(seller, 100.01), 4038)
    assert.equal(await codes(seller, -0.01), 4039)
    assert.equal(await codes(seller, '1'), 1)
    assert.equal(await codes(owner, 1), 2059)
    assert.equal(await codes(own.access_token, 1), 2059)
    assert.equal(await codes(simulator.accounts[1].access_token, 1), 2059)
    assert.equal(await codes(colleague.access_token, 1), 2059)
    const cash = { payment_method_id: 'rapipago', transaction_amount: 1000 }
    const { body: refused } = await charge(abroad, { ...cash, application_fee: 1 })
    assert.equal(refused.cause[0].code, 2059)
  })

  test('is taken after the fee of Mercado Pago, and credited to the owner', async ({ assert }) => {
    const payment = await paid(5)
    assert.deepEqual(payment.fee_details, [
      { type: 'mercadopago_fee', amount: 0.99, fee_payer: 'collector' },
      { type: 'application_fee', amount: 5, fee_payer: 'collector' },
    ])
    assert.equal(payment.transaction_details.net_received_amount, 94.01)
    assert.equal(payment.marketplace_owner, PLATFORM_ACCOUNT_ID)
    assert.equal(payment.collector_id, FOREIGN_ACCOUNT_ID)
    const [, charged] = payment.charges_details
    assert.deepInclude(charged, {
      name: 'application_fee',
      type: 'fee',
      accounts: { from: 'collector', to: 'marketplace_owner' },
      client_id: Number(PLATFORM_CLIENT_ID),
      amounts: { original: 5, refunded: 0 },
    })
    assert.equal(await available(FOREIGN_ACCOUNT_ID), 94.01)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 5)
    const [credited] = await simulator.journal('application_fee.')
    assert.deepInclude(credited, {
      effect: 'application_fee.credited',
      account_id: PLATFORM_ACCOUNT_ID,
      seller_id: FOREIGN_ACCOUNT_ID,
      amount_minor: 500,
    })
  })

  test('goes back in the proportion of what is refunded', async ({ assert }) => {
    const { id } = await paid(5)
    await simulator.control(`/payments/${id}/refunds`, { amount: 33.33 })
    const { body: part } = await simulator.get(`/_simulator/payments/${id}`)
    assert.equal(part.charges_details[1].amounts.refunded, 1.67)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 3.33)
    await simulator.control(`/payments/${id}/refunds`)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 0)
    assert.equal(await available(FOREIGN_ACCOUNT_ID), 0)
    const returned = await simulator.journal('application_fee.returned')
    assert.deepEqual(
      returned.map(({ amount_minor: minor }) => minor),
      [167, 333]
    )
  })

  test('goes back when a chargeback is lost', async ({ assert }) => {
    const { id } = await paid(5)
    await simulator.control(`/payments/${id}/chargebacks`)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 5)
    await simulator.control(`/payments/${id}/chargebacks/settle`)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 0)
  })

  test('never takes more than Mercado Pago leaves', async ({ assert }) => {
    const payment = await paid(100)
    assert.equal(payment.charges_details[1].amounts.original, 99.01)
    assert.equal(payment.transaction_details.net_received_amount, 0)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 99.01)
  })

  test('tells the application of the payments that it makes for a seller', async ({ assert }) => {
    const payment = await paid(1)
    const { body } = await simulator.get('/_simulator/deliveries')
    const told = body.filter(({ data_id: id }: any) => id === String(payment.id))
    assert.isNotEmpty(told)
    assert.equal(told[0].client_id, PLATFORM_CLIENT_ID)
    assert.equal(told[0].account_id, FOREIGN_ACCOUNT_ID)
  })
})
