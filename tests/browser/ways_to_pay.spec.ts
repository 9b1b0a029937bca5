import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'
import { logIn, shot } from '#tests/support/browser'
import { tryToPay } from '#tests/support/checkout'
import { givenMember } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { givenCustomer, givenReceivable, givenSeller } from '#tests/support/receivables'
import { drainWork } from '#tests/support/work'

const t = (key: string, values: Record<string, string> = {}) =>
  i18nManager.locale('pt-BR').t(key, values)

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

const open = (page: Page, tenant: Tenant, { id }: Receivable) =>
  page.goto(`/t/${tenant.slug}/receivables/${id}`)

test.group('Ways to pay', (group) => {
  group.each.setup(givenWebhookSecret)

  test('a member offers all at once, and sees a refused card and then the payment', async ({
    visit,
  }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const receivable = await givenReceivable(tenant, { payUntilInDays: 20 })
    const page = await visit('/login')
    await logIn(page, user)
    await open(page, tenant, receivable)
    await page.locator('[name="fine"]').fill('2')
    await page.locator('[name="interest"]').fill('1,5')
    await button(page, t('receivables.terms.save')).click()
    await page.getByText(t('receivables.terms.high_interest')).first().waitFor()
    await shot(page, 'ways-draft')

    await button(page, t('receivables.offer.issue')).click()
    for (const method of ['boleto', 'pix', 'link']) {
      await heading(page, t(`receivables.methods.${method}`)).waitFor()
    }
    await page.getByRole('img', { name: t('receivables.charge.qr_code') }).waitFor()
    await shot(page, 'ways-offered')

    const link = await Charge.query().where('method', 'link').firstOrFail()
    await tryToPay(link, { cardholder_name: 'FUND' })
    await drainWork()
    await page.reload()
    await page.getByText(t('payments.attempts.funds')).waitFor()
    await shot(page, 'ways-refused-attempt')
    await tryToPay(link, { cardholder_name: 'APRO' })
    await drainWork()

    await page.reload()
    await page.getByText(t('receivables.ended.paid')).waitFor()
    await page.getByText(t('receivables.charge_states.cancelled')).first().waitFor()
    await shot(page, 'ways-paid')
  })

  test('what cannot be had says what to correct', async ({ visit }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant, {
      postalCode: null,
      email: 'platform@testuser.com',
    })
    const receivable = await givenReceivable(tenant, { customer, dueInDays: 40 })
    const page = await visit('/login')
    await logIn(page, user)
    await open(page, tenant, receivable)
    await page.locator('[value="link"]').uncheck()
    await page.locator('[name="pay_until"]').fill(receivable.dueOn)
    await page.getByText(t('errors.receivables.customer_address_missing')).waitFor()
    await button(page, t('receivables.offer.issue')).click()
    await heading(page, t('receivables.methods.pix')).waitFor()
    await shot(page, 'ways-scheduled')
  })

  for (const locale of ['es', 'en']) {
    test(`an Argentinian tenant sees its own ways: ${locale}`, async ({ visit }) => {
      const tenant = await givenSeller({ country: 'AR' })
      const { user } = await givenMember(tenant, 'owner')
      await user.merge({ locale }).save()
      const customer = await givenCustomer(tenant, { email: 'argentine@testuser.com' })
      const receivable = await givenReceivable(tenant, { customer, amountMinor: 123_456_78 })
      const page = await visit('/login')
      await logIn(page, user)
      await open(page, tenant, receivable)
      await page.locator('[value="pagofacil"]').uncheck()
      await page.locator('form[action$="/charges"] button[type="submit"]').click()
      await page.locator('a[href$="refused=same_person"]').waitFor()
      await shot(page, `ways-argentina-${locale}`)
    })
  }
})
