import { test } from '@japa/runner'
import { bearer, connect } from './oauth_support.js'
import { reportsOf, total } from './report_support.js'
import { pixRequest, startTestSimulator } from './support.js'

test.group('Simulator | reports of a split payment', () => {
  test("show the application's fee to the seller that granted the token, and to its owner", async ({
    assert,
    cleanup,
  }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { access_token: token } = await connect(simulator)
    const headers = { ...bearer(token), 'x-idempotency-key': 'k' }
    const request = { ...pixRequest(), application_fee: 5 }
    const { body } = await simulator.call('POST', '/v1/payments', request, headers)
    await simulator.control(`/payments/${body.id}/pay`)
    const [sold] = await reportsOf(simulator, 'settlement', bearer(token)).rows()
    assert.deepInclude(sold, {
      SOURCE_ID: String(body.id),
      TRANSACTION_AMOUNT: '100.00',
      FEE_AMOUNT: '-5.99',
      MKP_FEE_AMOUNT: '-5.00',
      SETTLEMENT_NET_AMOUNT: '94.01',
    })
    const earned = await reportsOf(simulator, 'settlement').rows()
    assert.equal(total(earned, 'SETTLEMENT_NET_AMOUNT'), 500)
    assert.equal(earned[0].SOURCE_ID, String(body.id))
  })
})
