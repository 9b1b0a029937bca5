import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { appUrl } from '#config/app'
import { PLATFORM_ACCESS_TOKEN } from '#app/simulator/main'
import { shot } from '#tests/support/browser'
import { simulator } from '#tests/support/simulator'
import { randomCpf } from '#tests/support/tax_ids'

interface Preference {
  id: string
  init_point: string
}

/** As a shop makes one; the app stands for it, since the payer has to come back somewhere. */
async function prefer(change: object = {}): Promise<Preference> {
  const shop = `${appUrl}/health/live`
  const response = await fetch(`${simulator.url}/checkout/preferences`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PLATFORM_ACCESS_TOKEN}`, connection: 'close' },
    body: JSON.stringify({
      items: [
        { title: 'Perfume de jasmim', description: '50 ml', quantity: 2, unit_price: 189.9 },
        { title: 'Embalagem para presente', quantity: 1, unit_price: 12.5 },
      ],
      shipments: { mode: 'custom', cost: 18 },
      payer: { name: 'Maria', surname: 'das Dores', email: 'maria@example.com' },
      back_urls: { success: `${shop}?paid`, pending: `${shop}?pending`, failure: `${shop}?failed` },
      external_reference: 'pedido-7',
      ...change,
    }),
  })
  return (await response.json()) as Preference
}

const open = (page: Page, name: string) =>
  page
    .locator('details.offer > summary')
    .filter({ hasText: new RegExp(`^\\s*${name}`) })
    .click()
/** The open way to pay. */
const form = (page: Page) => page.locator('details.offer[open] form')
const field = (page: Page, name: string) => form(page).locator(`[name="${name}"]`)
const pay = (page: Page) => form(page).getByRole('button', { name: 'Pay R$410.30' }).click()
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, level: 1 }).waitFor()
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

async function payByCard(page: Page, cardholder: string) {
  await open(page, 'Credit card')
  await field(page, 'cardholder').selectOption(cardholder)
  await field(page, 'installments').selectOption('3')
  await pay(page)
}

test.group('The simulator: its checkout', () => {
  test('a card is rejected, the next one pays, and the payer is back in the shop', async ({
    browserContext,
    assert,
  }) => {
    const { id, init_point: checkout } = await prefer({ auto_return: 'approved' })
    const page = await browserContext.newPage()
    await page.goto(checkout)
    await shot(page, 'simulator-checkout')
    await open(page, 'Credit card')
    await shot(page, 'simulator-checkout-card')
    await open(page, 'Credit card')
    await payByCard(page, 'FUND')
    await heading(page, 'The payment was rejected')
    await shot(page, 'simulator-checkout-rejected')
    await link(page, 'Try again, or another way to pay').click()
    await page.getByText('The last attempt was rejected.').waitFor()
    await payByCard(page, 'APRO')
    await heading(page, 'Paid')
    await page.waitForURL((url) => url.pathname === '/health/live')
    const query = new URL(page.url()).searchParams
    assert.equal(query.get('status'), 'approved')
    assert.equal(query.get('preference_id'), id)
    assert.equal(query.get('external_reference'), 'pedido-7')
    const payment = await simulator.payment(query.get('payment_id')!)
    assert.deepInclude(payment, { status: 'approved', transaction_amount: 410.3, installments: 3 })
    assert.equal(payment.order.id, query.get('merchant_order_id'))
  })

  test('a boleto is made, opened and paid without any script', async ({ browser, cleanup }) => {
    const { init_point: checkout } = await prefer()
    const context = await browser.newContext({ javaScriptEnabled: false })
    cleanup(() => context.close())
    const page = await context.newPage()
    await page.goto(checkout)
    await open(page, 'Boleto')
    await field(page, 'identification_number').fill('111.111.111-11')
    await field(page, 'zip_code').fill('01310-100')
    await field(page, 'street_name').fill('Avenida Paulista')
    await field(page, 'street_number').fill('1000')
    await field(page, 'neighborhood').fill('Bela Vista')
    await field(page, 'city').fill('São Paulo')
    await field(page, 'federal_unit').fill('SP')
    await pay(page)
    await page.getByRole('status').filter({ hasText: 'identification number' }).waitFor()
    await shot(page, 'simulator-checkout-wrong')
    await field(page, 'identification_number').fill(randomCpf())
    await pay(page)
    await heading(page, 'Waiting for your payment')
    await shot(page, 'simulator-checkout-boleto')
    await link(page, 'Open the boleto').click()
    await page.getByRole('button', { name: 'Pay this boleto' }).click()
    await link(page, 'Back to the checkout').click()
    await heading(page, 'Paid')
    await shot(page, 'simulator-checkout-paid')
    await link(page, 'Back to the shop').click()
    await page.waitForURL((url) => url.searchParams.get('collection_status') === 'approved')
  })

  test('a checkout whose time is over says so', async ({ browserContext }) => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const { init_point: checkout } = await prefer({ expires: true, expiration_date_to: soon })
    await simulator.advance({ days: 1 })
    const page = await browserContext.newPage()
    await page.goto(checkout)
    await page.getByText('This payment link expired on').waitFor()
    await shot(page, 'simulator-checkout-expired')
    await link(page, 'Back to the shop without paying').click()
    await page.waitForURL((url) => url.searchParams.get('status') === 'null')
  })
})
