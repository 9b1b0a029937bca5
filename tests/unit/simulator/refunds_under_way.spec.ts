import { test } from '@japa/runner'
import { pixRequest, startReceiver, startTestSimulator, type TestSimulator } from './support.js'

const RENDERED = { 'x-render-in-process-refunds': 'true' }

test.group('Simulator | refunds under way', (group) => {
  let simulator: TestSimulator
  let id: number
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    const created = await simulator.charge(pixRequest())
    id = created.id
    await simulator.control(`/payments/${id}/pay`)
    await simulator.control('/faults', { kind: 'refund_in_process', times: 1 })
    return () => simulator.close()
  })

  const path = () => `/v1/payments/${id}/refunds`
  const ask = (amount: number, key: string, headers: Record<string, string> = {}) =>
    simulator.call('POST', path(), { amount }, { 'x-idempotency-key': key, ...headers })
  const finish = (refundId: number, end: string) =>
    simulator.control(`/payments/${id}/refunds/${refundId}/${end}`)

  test('are answered as a failure, unless the header asks for them', async ({ assert }) => {
    const blind = await ask(30, 'k')
    assert.equal(blind.status, 400)
    const again = await ask(30, 'k')
    assert.equal(again.status, 400)
    const seen = await ask(30, 'k', RENDERED)
    assert.equal(seen.status, 201)
    assert.deepInclude(seen.body, { status: 'in_process', amount: 30, amount_refunded_to_payer: 0 })
    const listed = await simulator.call('GET', path(), undefined, RENDERED)
    assert.lengthOf(listed.body, 1)
    const unlisted = await simulator.get(path())
    assert.deepEqual(unlisted.body, [])
    const one = await simulator.get(`${path()}/${seen.body.id}`)
    assert.equal(one.status, 404)
    const shown = await simulator.call('GET', `${path()}/${seen.body.id}`, undefined, RENDERED)
    assert.equal(shown.status, 200)
  })

  test('move money when they are approved, not before', async ({ assert }) => {
    const { body: refund } = await ask(30, 'k', RENDERED)
    const before = await simulator.payment(id)
    assert.deepInclude(before, {
      status: 'approved',
      status_detail: 'accredited',
      transaction_amount_refunded: 0,
      refunds: [],
    })
    await finish(refund.id, 'approve')
    const after = await simulator.payment(id)
    assert.deepInclude(after, {
      status_detail: 'partially_refunded',
      transaction_amount_refunded: 30,
    })
    assert.equal(after.refunds[0].status, 'approved')
    assert.isAbove(after.charges_details[0].amounts.refunded, 0)
  })

  test('move none when they are rejected, and can be asked for again', async ({ assert }) => {
    const { body: refund } = await ask(100, 'k', RENDERED)
    await finish(refund.id, 'reject')
    const payment = await simulator.payment(id)
    assert.deepInclude(payment, { status: 'approved', transaction_amount_refunded: 0 })
    assert.equal(payment.refunds[0].status, 'rejected')
    const twice = await finish(refund.id, 'approve')
    assert.equal(twice.status, 409)
    const again = await ask(100, 'k2')
    assert.equal(again.status, 201)
  })

  test('reserve what they will take, and keep disputes away', async ({ assert }) => {
    await ask(60, 'k')
    const tooMuch = await ask(41, 'k2')
    assert.equal(tooMuch.body.cause[0].code, 2085)
    const rest = await ask(40, 'k3')
    assert.equal(rest.status, 201)
    for (const dispute of ['chargebacks', 'mediations']) {
      const refused = await simulator.control(`/payments/${id}/${dispute}`)
      assert.equal(refused.status, 409)
      assert.include(refused.body.detail, 'a refund of it is under way')
    }
  })

  test('are told in the journal, and to the application once they end', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await startReceiver()
    const application = `/_simulator/applications/${simulator.applications[0].client_id}`
    await simulator.call('PATCH', application, { webhook_url: `${receiver.url}/x` })
    cleanup(() => receiver.close())
    const { body: refund } = await ask(30, 'k', RENDERED)
    await simulator.control('/deliveries/flush')
    assert.lengthOf(receiver.received, 0)
    await finish(refund.id, 'reject')
    assert.lengthOf(receiver.received, 1)
    const journal = await simulator.journal('payment.refund')
    assert.deepEqual(
      journal.map(({ effect, refund_amount_minor: minor }) => [effect, minor]),
      [
        ['payment.refund_started', 0],
        ['payment.refund_rejected', 0],
      ]
    )
  })
})
