import { test } from '@japa/runner'
import { startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | pages', (group) => {
  let simulator: TestSimulator
  let payment: any
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    payment = await simulator.charge({ description: '<script>alert(1)</script>' })
    return () => simulator.close()
  })

  const ticketUrl = () => new URL(payment.transaction_details.external_resource_url)

  async function visit(path: string): Promise<string> {
    const { body } = await simulator.get(path)
    return body
  }

  async function submit(path: string, fields: Record<string, string>, headers = {}) {
    const response = await fetch(simulator.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    })
    return { status: response.status, text: await response.text(), url: response.url }
  }

  test('each say that they are no Mercado Pago', async ({ assert }) => {
    const { pathname, search } = ticketUrl()
    const paths = [
      '/',
      '/payments',
      `/payments/${payment.id}`,
      pathname + search,
      '/bank',
      '/clock',
    ]
    for (const path of [...paths, '/faults', '/deliveries', '/journal', '/payments/1']) {
      const text = await visit(path)
      assert.include(text, 'Simulator — not Mercado Pago', path)
      assert.notInclude(text, '<script', path)
    }
  })

  test('let the payer pay a boleto on its ticket', async ({ assert }) => {
    const { pathname, searchParams, search } = ticketUrl()
    const ticket = await visit(pathname + search)
    assert.include(ticket, '<button>Pay this boleto</button>')
    assert.include(ticket, 'R$150.00')
    assert.include(ticket, '<svg')
    const paid = await submit(pathname, { hash: searchParams.get('hash')! })
    assert.equal(paid.status, 200)
    assert.notInclude(paid.text, 'Pay this boleto')
    const read = await simulator.payment(payment.id)
    assert.equal(read.status, 'approved')
  })

  test('show a ticket only to who has its address', async ({ assert }) => {
    const { status } = await simulator.get(`/payments/${payment.id}/ticket?hash=guess`)
    assert.equal(status, 404)
  })

  test('let the bank pay by the digitable line, another amount too', async ({ assert }) => {
    const line = payment.transaction_details.digitable_line
    const spaced = line.replace(/(.{5})/g, '$1 ')
    const found = await visit(`/bank?code=${encodeURIComponent(spaced)}`)
    assert.include(found, 'Confirm payment')
    await submit('/bank', { code: line, amount: '152,50' })
    const read = await simulator.payment(payment.id)
    assert.equal(read.transaction_amount, 152.5)
    const wrong = await simulator.get(`/bank?code=1${line.slice(1)}`)
    assert.equal(wrong.status, 400)
  })

  test('let the seller refund and lose a chargeback', async ({ assert }) => {
    const act = (action: string, amount = '') =>
      submit(`/payments/${payment.id}/actions`, { action, amount })
    await act('pay')
    await act('refund', '50')
    await act('charge_back')
    await act('lose_chargeback')
    const read = await simulator.payment(payment.id)
    assert.deepInclude(read, { status_detail: 'settled', transaction_amount_refunded: 50 })
    const refused = await act('refund')
    assert.equal(refused.status, 409)
  })

  test('move the clock and add a fault', async ({ assert }) => {
    await submit('/clock', { step: '+7 days' })
    const read = await simulator.payment(payment.id)
    assert.equal(read.status_detail, 'expired')
    await submit('/faults', { kind: 'rate_limit', times: '1', route: '', account_id: '' })
    const { body } = await simulator.get('/_simulator/faults')
    assert.deepInclude(body[0], { kind: 'rate_limit', times: 1, route: null })
  })

  test('refuse a form of another site', async ({ assert }) => {
    const { status } = await submit(
      '/clock',
      { step: '+7 days' },
      { 'sec-fetch-site': 'cross-site' }
    )
    assert.equal(status, 403)
  })
})
