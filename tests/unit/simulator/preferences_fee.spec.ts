import { test } from '@japa/runner'
import {
  ARGENTINE_ACCOUNT_ID,
  FOREIGN_ACCESS_TOKEN,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
} from '../../../app/simulator/main.js'
import { asSeller, ordersOf, payIn, postPreference, prefer } from './checkout_support.js'
import { CLIENT, bearer } from './oauth_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | marketplace fee', (group) => {
  let simulator: TestSimulator
  let seller: Record<string, string>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    seller = await asSeller(simulator)
    return () => simulator.close()
  })

  const available = async (id: number) => {
    const { body } = await simulator.get(`/_simulator/accounts/${id}/balance`)
    return body.available + body.pending
  }

  test('is refused unless another seller granted the token', async ({ assert }) => {
    const owner = await asSeller(simulator, PLATFORM_ACCOUNT_ID)
    const abroad = await asSeller(simulator, ARGENTINE_ACCOUNT_ID)
    const { body: own } = await simulator.call('POST', '/oauth/token', {
      ...CLIENT,
      grant_type: 'client_credentials',
    })
    const refusal = async (headers: Record<string, string>, fee: unknown, more = {}) => {
      const { status, body } = await postPreference(
        simulator,
        { marketplace_fee: fee, ...more },
        headers
      )
      if (status === 201) return 201
      assert.equal(body.error, 'invalid_marketplace_fee')
      return body.cause?.[0].code ?? body.message
    }
    assert.equal(await refusal(seller, 10), 201)
    assert.equal(await refusal(seller, 100), 201)
    assert.equal(await refusal(seller, 100.01), 4038)
    assert.equal(await refusal(seller, -0.01), 4039)
    assert.equal(await refusal(seller, 0.001), 1)
    assert.equal(await refusal(seller, '1'), 'invalid type (string) for field marketplace_fee.')
    assert.equal(await refusal(owner, 1), 2059)
    assert.equal(await refusal(bearer(own.access_token), 1), 2059)
    assert.equal(await refusal(bearer(FOREIGN_ACCESS_TOKEN), 1), 2059)
    const pesos = { items: [{ title: 'Soap', quantity: 1, unit_price: 1000 }] }
    assert.equal(await refusal(abroad, 1, pesos), 2059)
  })

  test('of nothing is what everybody may send', async ({ assert }) => {
    const own = await prefer(simulator, { marketplace_fee: 0, marketplace: 'NONE' })
    assert.deepInclude(own, { marketplace_fee: 0, marketplace: 'NONE' })
    const granted = await prefer(simulator, { marketplace_fee: 7.5 }, seller)
    const marketplace = `MP-MKT-${PLATFORM_CLIENT_ID}`
    assert.deepInclude(granted, { marketplace_fee: 7.5, marketplace })
    assert.deepInclude(granted, { collector_id: FOREIGN_ACCOUNT_ID, client_id: PLATFORM_CLIENT_ID })
  })

  test('says in the documented words what it may not be', async ({ assert }) => {
    const { body } = await postPreference(simulator, { marketplace_fee: 101 }, seller)
    assert.equal(body.message, 'marketplace_fee must not be greater than total amount.')
  })

  test('is taken like an application fee, and credited to the owner', async ({ assert }) => {
    const { id } = await prefer(simulator, { marketplace_fee: 7.5 }, seller)
    const payment = await payIn(simulator, id, { payment_method_id: 'pix' })
    assert.deepEqual(payment.fee_details, [
      { type: 'mercadopago_fee', amount: 0.99, fee_payer: 'collector' },
      { type: 'application_fee', amount: 7.5, fee_payer: 'collector' },
    ])
    assert.equal(payment.collector_id, FOREIGN_ACCOUNT_ID)
    assert.equal(payment.marketplace_owner, PLATFORM_ACCOUNT_ID)
    assert.equal(payment.transaction_details.net_received_amount, 91.51)
    assert.equal(await available(FOREIGN_ACCOUNT_ID), 91.51)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 7.5)
    await simulator.control(`/payments/${payment.id}/refunds`)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 0)
    assert.equal(await available(FOREIGN_ACCOUNT_ID), 0)
  })

  test('is taken once of a purchase that is paid in two parts', async ({ assert }) => {
    const { id } = await prefer(simulator, { marketplace_fee: 60 }, seller)
    const short = await payIn(simulator, id, { payment_method_id: 'bolbradesco', pay: false })
    const { body: part } = await simulator.control(`/payments/${short.id}/pay`, { amount: 40 })
    // Mercado Pago's 3.49 come first; the rest of the part is all that there is.
    assert.equal(part.fee_details[1].amount, 36.51)
    const rest = await payIn(simulator, id, { payment_method_id: 'pix' })
    assert.equal(rest.transaction_amount, 60)
    assert.equal(rest.fee_details[1].amount, 23.49)
    assert.equal(await available(PLATFORM_ACCOUNT_ID), 60)
    const found = await simulator.call(
      'GET',
      `/merchant_orders/search?preference_id=${id}`,
      undefined,
      seller
    )
    assert.deepInclude(found.body.elements[0], { order_status: 'paid', paid_amount: 100 })
    assert.lengthOf(await ordersOf(simulator, id), 0)
  })

  test('survives the end of the connection that made it', async ({ assert }) => {
    const { id } = await prefer(simulator, { marketplace_fee: 7.5 }, seller)
    const path = `/_simulator/accounts/${FOREIGN_ACCOUNT_ID}/connections/${PLATFORM_CLIENT_ID}`
    await simulator.call('DELETE', path)
    const payment = await payIn(simulator, id)
    assert.equal(payment.fee_details[1].amount, 7.5)
  })
})
