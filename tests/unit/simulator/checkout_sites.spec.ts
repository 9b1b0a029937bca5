import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import {
  ARGENTINE_ACCESS_TOKEN,
  FOREIGN_ACCESS_TOKEN,
  SELLER_TOKENS,
} from '../../../app/simulator/main.js'
import { methodsOf } from '../../../app/simulator/data/payment_methods.js'
import { SITES } from '../../../app/simulator/data/sites.js'
import { ordersOf, payIn, prefer, submit, visit } from './checkout_support.js'
import { bearer } from './oauth_support.js'
import { startTestSimulator, statusOf, type TestSimulator } from './support.js'

const TOKENS: Record<string, string> = {
  ...SELLER_TOKENS,
  MLB: FOREIGN_ACCESS_TOKEN,
  MLA: ARGENTINE_ACCESS_TOKEN,
}

/** An amount that every method of each site takes. */
const PRICES: Record<string, number> = { MLB: 50, MLA: 5000, MLM: 500, MLC: 9000, MCO: 90_000 }

const soap = (siteId: string) => ({
  items: [{ title: 'Soap', quantity: 1, unit_price: PRICES[siteId] ?? 500 }],
  payer: { email: 'ana@example.com' },
})

test.group('Simulator | the checkout of each country', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('of {$self} is paid with each of its methods')
    .with(Object.keys(SITES))
    .run(async ({ assert }, siteId) => {
      const preference = await prefer(simulator, soap(siteId), bearer(TOKENS[siteId]))
      assert.deepInclude(preference, { site_id: siteId })
      assert.equal(preference.items[0].currency_id, SITES[siteId].currencyId)
      for (const { id } of methodsOf(siteId)) {
        const payment = await payIn(simulator, preference.id, { payment_method_id: id })
        assert.equal(payment.status, 'approved', `${id}: ${payment.detail ?? payment.status}`)
        assert.equal(payment.payment_method_id, id)
        assert.equal(payment.currency_id, SITES[siteId].currencyId)
      }
    })

  test('of {$self} offers a form for each of them, filled in for a trial where it can be')
    .with(Object.keys(SITES))
    .run(async ({ assert }, siteId) => {
      const preference = await prefer(simulator, soap(siteId), bearer(TOKENS[siteId]))
      const html = await visit(simulator, preference.init_point)
      const others = methodsOf(siteId).filter(({ brand }) => brand === null)
      for (const { id, name } of others) {
        assert.include(html, `value="${id}"`)
        assert.include(html, name)
      }
      const paid = await submit(simulator, preference.init_point, 'credit_card')
      assert.include(paid.html, 'The money has arrived.')
    })

  test('of Colombia asks for the bank, and comes back from there', async ({ assert }) => {
    const preference = await prefer(simulator, soap('MCO'), bearer(TOKENS.MCO))
    const { html } = await submit(simulator, preference.init_point, 'pse', {
      identification_number: '123456789',
      institution: '1051',
    })
    const [, id] = /<dt>Payment<\/dt><dd>(\d+)/.exec(html)!
    const { body } = await simulator.get(`/_simulator/payments/${id}`)
    assert.equal(body.transaction_details.financial_institution, '1051')
    const ticket = body.transaction_details.external_resource_url
    await simulator.control(`/payments/${id}/pay`)
    assert.include(await visit(simulator, ticket), 'Back to the checkout')
  })
})

test.group('Simulator | preferences and orders', () => {
  test('survive a restart, and a reset does not', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    cleanup(() => rm(folder, { recursive: true }))
    const file = join(folder, 'simulator.sqlite3')
    const before = await startTestSimulator({ file })
    const preference = await prefer(before, { metadata: { cart: 7 } })
    await payIn(before, preference.id, { cardholder_name: 'FUND' })
    const [order] = await ordersOf(before, preference.id)
    await before.close()

    const after = await startTestSimulator({ file })
    cleanup(() => after.close())
    const { body } = await after.get(`/checkout/preferences/${preference.id}`)
    const moved = (url: string) => url.replace(before.url, after.url)
    assert.deepEqual(body, {
      ...preference,
      init_point: moved(preference.init_point),
      sandbox_init_point: moved(preference.sandbox_init_point),
    })
    const [kept] = await ordersOf(after, preference.id)
    assert.deepEqual(kept, order)
    const paid = await payIn(after, preference.id)
    assert.equal(paid.order.id, String(order.id))
    await after.control('/reset')
    assert.equal(await statusOf(after.get(`/checkout/preferences/${preference.id}`)), 404)
    assert.equal(await statusOf(after.get(`/merchant_orders/${order.id}`)), 404)
    const next = await prefer(after)
    await payIn(after, next.id)
    const [later] = await ordersOf(after, next.id)
    assert.isAbove(later.id, order.id)
  })

  test('belong to their application when it is renamed', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const preference = await prefer(simulator)
    await payIn(simulator, preference.id, { cardholder_name: 'FUND' })
    const path = `/_simulator/applications/${preference.client_id}`
    await simulator.call('PATCH', path, { client_id: '77' })
    const { body } = await simulator.get(`/checkout/preferences/${preference.id}`)
    assert.equal(body.client_id, '77')
    const [order] = await ordersOf(simulator, preference.id)
    assert.equal(order.application_id, '77')
  })
})
