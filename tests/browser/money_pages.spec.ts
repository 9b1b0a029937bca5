import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Page } from 'playwright-core'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import type Tenant from '#app/tenants/models/tenant'
import { logIn, shot } from '#tests/support/browser'
import { givenMember, givenPlatformAdmin, givenStore } from '#tests/support/given'
import { givenTakenBack, givenAvailable } from '#tests/support/posted_money'
import { givenWebhookSecret } from '#tests/support/money'
import { givenBoleto, givenReceivable, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const TYPES = ['bank_transfer', 'ticket', 'credit_card']

/** Sales of forty days in two stores, some just paid, some overdue, one refunded. */
async function givenHistory(): Promise<Tenant> {
  await givenWebhookSecret()
  const tenant = await givenSeller({ tradeName: 'Perfumaria Aurora' })
  const centre = await givenStore(tenant, 'Centro')
  for (let days = 0; days < 40; days += 2) {
    const paidAt = clock.now().minus({ days, hours: days % 5 })
    await givenAvailable(tenant, 40_00 + ((days * 7919) % 300_00), { paidAt })
  }
  const rows = await db.from('payments').where('tenant_id', tenant.id).orderBy('id')
  for (const [at, { id, charge_id: chargeId, amount_minor: minor }] of rows.entries()) {
    const approved = instantText(clock.now().minus({ days: at * 2, hours: 3 }))
    const fees = { charges_minor: Math.round(minor * 0.03), fee_minor: Math.round(minor / 100) }
    const type = TYPES[at % TYPES.length]
    await db
      .from('payments')
      .where('id', id)
      .update({ type, approved_at: approved, released_at: approved, ...fees })
    if (at % 3 === 0) {
      await db.from('charges').where('id', chargeId).update({ store_id: centre.id })
    }
  }
  for (const [amountMinor, description] of [
    [1_234_56, 'Kit presente'],
    [89_90, 'Água de colônia'],
  ] as const) {
    const { charge } = await givenBoleto(tenant, { amountMinor, description })
    await simulator.pay(charge.providerPaymentId!)
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/refunds`, { amount: 10 })
  }
  await drainWork()
  await givenTakenBack(tenant, 25_00)
  for (const days of [3, 15, 45, 120]) {
    const late = await givenReceivable(tenant, { dueInDays: -days, amountMinor: days * 10_00 })
    await late.merge({ state: 'open' }).save()
  }
  return tenant
}

/** Whether something was drawn: a canvas without a chart is transparent everywhere. */
const isDrawn = (page: Page, id: string): Promise<boolean> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('#${id} canvas')
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value, at) => at % 4 === 3 && value > 0)
  })()`)

/** Charts are drawn as they come into sight. */
async function scrollThrough(page: Page) {
  for (const chart of await page.locator('.chart-card').all()) {
    await chart.scrollIntoViewIfNeeded()
    await page.waitForTimeout(60)
  }
  await page.evaluate('scrollTo(0, 0)')
}

test.group('The pages of the money', () => {
  test('draw charts, each with its figures as a table', async ({ visit, assert }) => {
    const tenant = await givenHistory()
    const { user } = await givenMember(tenant, 'owner')
    const page = await visit('/login')
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await logIn(page, user)
    for (const locale of ['es', 'en', 'pt-BR']) {
      await user.merge({ locale }).save()
      await page.goto(`/t/${tenant.slug}`)
      await scrollThrough(page)
      await shot(page, `overview-${locale}`)
    }
    for (const id of ['received', 'fees', 'releases', 'overdue-age', 'places', 'methods']) {
      await page.locator(`#${id}`).scrollIntoViewIfNeeded()
      await page.waitForFunction(`document.querySelector('#${id} canvas').clientWidth > 100`)
      assert.isTrue(await isDrawn(page, id), id)
    }
    const methods = page.locator('#methods')
    assert.isFalse(await methods.locator('table').isVisible())
    await methods.getByText('Estes números em tabela').click()
    assert.isTrue(await methods.getByRole('rowheader', { name: 'Boleto' }).isVisible())
    await page.locator('#received summary').click()
    await shot(page, 'overview-table')
    await page.getByRole('link', { name: '7 dias' }).click()
    await page.waitForURL(/period=7/)
    assert.equal(await page.locator('#received tbody tr').count(), 7)
    assert.deepEqual(problems, [])
  }).timeout(120_000)

  test('are a statement, a month on paper and a calendar', async ({ visit, assert }) => {
    const tenant = await givenHistory()
    const { user } = await givenMember(tenant, 'owner')
    const page = await visit('/login')
    await logIn(page, user)
    for (const locale of ['es', 'en', 'pt-BR']) {
      await user.merge({ locale }).save()
      await page.goto(`/t/${tenant.slug}/statement`)
      await shot(page, `statement-${locale}`)
      await page.goto(`/t/${tenant.slug}/statement/releases`)
      await shot(page, `releases-${locale}`)
    }
    const month = clock.today(tenant.timeZone).slice(0, 7)
    await page.goto(`/t/${tenant.slug}/statement/${month}`)
    await shot(page, 'statement-month')
    await page.emulateMedia({ media: 'print' })
    assert.isFalse(await page.locator('.sidebar').isVisible())
    assert.isFalse(await page.getByRole('button', { name: 'Imprimir' }).isVisible())
    assert.isTrue(await page.getByText(tenant.legalName).first().isVisible())
    await shot(page, 'statement-print')
    await page.emulateMedia({ media: 'screen' })

    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`/t/${tenant.slug}/statement`)
    await page.getByLabel('Movimento').selectOption({ label: 'Devolução' })
    await page.getByRole('button', { name: 'Filtrar' }).click()
    await page.waitForURL(/kind=refund/)
    assert.equal(await page.locator('.cell-movement').count(), 3)
    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    assert.isAtMost(width, 390)
  }).timeout(120_000)

  test("show the admin all tenants' figures", async ({ visit, assert }) => {
    await givenHistory()
    const admin = await givenPlatformAdmin()
    const page = await visit('/login')
    await logIn(page, admin)
    for (const locale of ['es', 'en', 'pt-BR']) {
      await admin.merge({ locale }).save()
      await page.goto('/admin')
      await scrollThrough(page)
      await shot(page, `admin-${locale}`)
    }
    await page.locator('#BRL-places').scrollIntoViewIfNeeded()
    await page.waitForTimeout(300)
    assert.isTrue(await isDrawn(page, 'BRL-places'))
    await page.getByRole('button', { name: 'Escuro' }).click()
    await page.waitForTimeout(200)
    assert.isTrue(await isDrawn(page, 'BRL-places'))
  }).timeout(120_000)
})
