import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { appUrl } from '#config/app'
import { formatMoney } from '#app/core/money_text'
import { Worker } from '#app/core/work/worker'
import type User from '#app/identity/models/user'
import type Tenant from '#app/tenants/models/tenant'
import { workload } from '#start/worker'
import { aceProcess } from '#tests/support/ace_process'
import { logIn, shot } from '#tests/support/browser'
import { givenMember, givenPlatformAdmin, PASSWORD } from '#tests/support/given'
import { givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { randomCpf } from '#tests/support/tax_ids'

const t = (key: string) => i18nManager.locale('pt-BR').t(key)
const reais = (amountMinor: number) => formatMoney({ amountMinor, currency: 'BRL' }, 'pt-BR')

const GROSS_MINOR = 1_234_56
/** The simulator's charge for a boleto, and one percent of the gross. */
const PROVIDER_MINOR = 3_49
const PLATFORM_MINOR = 12_35
const NET_MINOR = GROSS_MINOR - PROVIDER_MINOR - PLATFORM_MINOR

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Reloads until the text is there: the worker is as quick as it is. */
async function eventually(page: Page, text: string) {
  for (let tries = 0; tries < 40; tries++) {
    if (await page.getByText(text, { exact: true }).first().isVisible()) return
    await page.waitForTimeout(250)
    await page.reload()
  }
  throw new Error(`"${text}" never showed on ${page.url()}`)
}

async function makeCustomer(page: Page, tenant: Tenant) {
  await page.goto(`/t/${tenant.slug}/customers/create`)
  await field(page, 'name').fill('Maria das Dores')
  await field(page, 'tax_id').fill(randomCpf())
  await field(page, 'email').fill('maria@example.com')
  await field(page, 'zip').fill('01310-100')
  await field(page, 'street').fill('Avenida Paulista')
  await field(page, 'number').fill('1000')
  await field(page, 'district').fill('Bela Vista')
  await field(page, 'city').fill('São Paulo')
  await field(page, 'state').selectOption('SP')
  await button(page, t('common.save')).click()
  await page.getByRole('heading', { name: 'Maria das Dores' }).waitFor()
}

async function makeReceivable(page: Page, tenant: Tenant) {
  await page.goto(`/t/${tenant.slug}/receivables/create`)
  await link(page, t('receivables.choose')).click()
  await field(page, 'description').fill('Perfume de jasmim')
  await field(page, 'amount').fill('1.234,56')
  await field(page, 'due_on').fill(inDays(5))
  await button(page, t('receivables.create')).click()
  await page.getByRole('heading', { name: 'Perfume de jasmim' }).waitFor()
}

/** @returns where the receivable's page is. */
async function issueAndPayBoleto(page: Page): Promise<string> {
  await button(page, t('receivables.offer.issue')).click()
  const document = link(page, t('receivables.charge.documents.boleto'))
  await document.waitFor()
  const receivable = page.url()
  await shot(page, 'receivable-issued')

  await page.goto((await document.getAttribute('href'))!)
  await page.getByRole('button', { name: 'Pay this boleto' }).click()
  await page.getByRole('status').filter({ hasText: 'approved' }).waitFor()
  await page.goto(receivable)
  return receivable
}

const tenantBalance = async (page: Page, tenant: Tenant, text: string) => {
  await page.goto(`/t/${tenant.slug}/payouts`)
  await page.getByText(text, { exact: true }).first().waitFor()
}

async function requestPayout(page: Page, tenant: Tenant, taxId: string) {
  await page.goto(`/t/${tenant.slug}/payouts/destination?kind=pix`)
  await field(page, 'secret[key_kind]').selectOption('cnpj')
  await field(page, 'secret[pix_key]').fill(taxId)
  await field(page, 'secret[holder_tax_id]').fill(taxId)
  await field(page, 'password').fill(PASSWORD)
  await button(page, t('payouts.destination.save')).click()
  await page.getByText(t('payouts.destination.saved')).waitFor()

  await page.goto(`/t/${tenant.slug}/payouts/new`)
  await field(page, 'password').fill(PASSWORD)
  await button(page, t('payouts.request')).click()
  await page.getByText(t('payouts.requested')).waitFor()
}

/** The platform's admin approves the only payout, transfers by hand and says so. */
async function payOut(page: Page, admin: User) {
  await logIn(page, admin)
  await page.goto('/admin/payouts')
  await page.getByText(reais(NET_MINOR), { exact: true }).first().waitFor()
  await shot(page, 'admin-payouts')
  await page.locator('main table a').first().click()
  await button(page, t('admin.payouts.approve')).click()
  await field(page, 'bank_reference').fill('E18236120202611211200000001')
  await button(page, t('admin.payouts.pay.action')).click()
  await page.getByText(t('payouts.states.paid'), { exact: true }).first().waitFor()
}

test.group('The main job', (group) => {
  group.each.setup(async () => {
    const worker = new Worker(workload())
    await worker.start()
    return () => worker.stop()
  })

  test('a boleto is issued, paid, booked and paid out to the cent', async ({
    browser,
    browserContext,
    assert,
  }) => {
    const taxId = '11222333000181'
    const tenant = await givenSeller({ taxId, tradeName: 'Perfumaria Jasmim' })
    const { user: owner } = await givenMember(tenant, 'owner')
    const admin = await givenPlatformAdmin()

    const page = await browserContext.newPage()
    await logIn(page, owner)
    await makeCustomer(page, tenant)
    await makeReceivable(page, tenant)
    const receivable = await issueAndPayBoleto(page)
    await eventually(page, t('receivables.states.paid'))
    for (const minor of [-PROVIDER_MINOR, -PLATFORM_MINOR, NET_MINOR]) {
      await page.locator('#payments').getByText(reais(minor), { exact: true }).waitFor()
    }
    await shot(page, 'receivable-paid')

    await tenantBalance(page, tenant, reais(NET_MINOR))
    await simulator.advance({ days: 31 })
    await eventually(page, t('payouts.destination.add'))
    await requestPayout(page, tenant, taxId)
    // A new destination waits a day.
    await simulator.advance({ days: 2 })

    const backOffice = await browser.newContext({ baseURL: appUrl, locale: 'pt-BR' })
    await payOut(await backOffice.newPage(), admin)

    await page.goto(`/t/${tenant.slug}/payouts`)
    await page.getByText(t('payouts.states.paid'), { exact: true }).first().waitFor()
    await page.goto(receivable)
    const verified = await aceProcess('ledger:verify', '--json').ended
    assert.equal(verified.exitCode, 0, verified.stdout + verified.stderr)
  })
})
