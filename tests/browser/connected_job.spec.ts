import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { clock } from '#app/core/clock'
import { formatMoney } from '#app/core/money_text'
import TenantBalance from '#app/ledger/models/tenant_balance'
import Payment from '#app/payments/models/payment'
import Charge, { type ChargeMethod } from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import { FOREIGN_ACCOUNT_ID, PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { logIn, shot } from '#tests/support/browser'
import { tryToPay } from '#tests/support/checkout'
import { givenSellerAccount } from '#tests/support/connections'
import { connections } from '#tests/support/consent'
import {
  givenMember,
  givenPlatformAdmin,
  givenStore,
  givenTenant,
  PASSWORD,
} from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { givenReceivable } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const t = (key: string) => i18nManager.locale('pt-BR').t(key)
const reais = (amountMinor: number) => formatMoney({ amountMinor, currency: 'BRL' }, 'pt-BR')

const ways = ['boleto', 'pix', 'link'] as const
const PRICE_MINOR = 150_00
const FEE_MINOR = 1_50

async function connectAt(page: Page, tenant: Tenant, label: string, accountId: number) {
  await page.goto(`/t/${tenant.slug}/gateway/connect`)
  await page.getByLabel('Nome da conta').fill(label)
  await page.getByLabel('Sua senha').fill(PASSWORD)
  await page.getByRole('button', { name: 'Conectar com Mercado Pago' }).click()
  await page.waitForURL(/authorization/)
  await page.locator(`input[value="${accountId}"]`).check()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(/attempts/)
  await page.getByText('está conectada').first().waitFor()
}

/** Offers every way on the receivable's page. @returns the charge of the one that will be paid */
async function offered(page: Page, tenant: Tenant, { id }: Receivable, method: ChargeMethod) {
  await page.goto(`/t/${tenant.slug}/receivables/${id}`)
  await page.getByRole('button', { name: t('receivables.offer.issue'), exact: true }).click()
  for (const way of ways) {
    await page
      .getByRole('heading', { name: t(`receivables.methods.${way}`), exact: true })
      .waitFor()
  }
  return Charge.query().where({ receivable_id: id, method }).firstOrFail()
}

/** As the payer does it: the card in the hosted checkout, the others at a bank. */
async function pay(charge: Charge) {
  if (charge.method === 'link') await tryToPay(charge)
  else await simulator.pay(charge.providerPaymentId!)
  await drainWork()
}

const balance = async (accountId: number | string) => {
  const { pending, available } = await simulator.control('GET', `/accounts/${accountId}/balance`)
  return Math.round((pending + available) * 100)
}

test.group('The main job on accounts of one’s own', (group) => {
  group.each.setup(givenWebhookSecret)

  test('each sale lands in its store’s account, and the fee with the platform', async ({
    visit,
    assert,
  }) => {
    const tenant = await givenTenant({ tradeName: 'Perfumaria Jasmim' })
    const { user } = await givenMember(tenant, 'owner')
    const branch = await givenStore(tenant, 'Filial centro')
    const second = await givenSellerAccount()
    const before = await balance(PLATFORM_ACCOUNT_ID)
    const page = await visit('/login')
    await logIn(page, user)
    await connectAt(page, tenant, 'Conta principal', Number(FOREIGN_ACCOUNT_ID))
    await connectAt(page, tenant, 'Conta da filial', second.id)
    await page.goto(`/t/${tenant.slug}/gateway/stores/${branch.id}`)
    await page.getByLabel('Conta que recebe').selectOption({ index: 2 })
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Conta de Filial centro salva').waitFor()
    await shot(page, 'connected-accounts')

    const sales: [string | undefined, ChargeMethod][] = [
      ...ways.map((way): [undefined, ChargeMethod] => [undefined, way]),
      [branch.id, 'pix'],
    ]
    for (const [storeId, method] of sales) {
      const receivable = await givenReceivable(tenant, { storeId })
      await pay(await offered(page, tenant, receivable, method))
      await page.reload()
      await page.getByText(t('receivables.ended.paid')).waitFor()
      await page.locator('#payments').getByText(reais(-FEE_MINOR), { exact: true }).waitFor()
    }
    await shot(page, 'connected-paid')

    const [main, other] = await connections(tenant)
    const payments = await Payment.query()
      .where('tenant_id', tenant.id)
      .whereNotNull('approved_at')
      .orderBy('id')
    assert.deepEqual(
      payments.map(({ collectorId, feeMinor }) => [collectorId, feeMinor]),
      [main, main, main, other].map(({ mpUserId }) => [mpUserId, FEE_MINOR])
    )
    const net = (rows: Payment[]) =>
      rows.reduce((sum, row) => sum + PRICE_MINOR - row.chargesMinor - row.feeMinor, 0)
    assert.equal(await balance(main.mpUserId), net(payments.slice(0, 3)))
    assert.equal(await balance(other.mpUserId), net(payments.slice(3)))
    assert.equal((await balance(PLATFORM_ACCOUNT_ID)) - before, 4 * FEE_MINOR)
    assert.isNull(await TenantBalance.findBy('tenantId', tenant.id))

    const month = clock.today(tenant.timeZone).slice(0, 7)
    await page.goto(`/t/${tenant.slug}/fees/${month}`)
    await page
      .getByText(reais(4 * FEE_MINOR), { exact: true })
      .first()
      .waitFor()
    await shot(page, 'connected-fee')
    await page.context().clearCookies()
    await logIn(page, await givenPlatformAdmin())
    await page.goto(`/admin/fees/${month}`)
    await page
      .getByText(reais(4 * FEE_MINOR), { exact: true })
      .first()
      .waitFor()
    await shot(page, 'connected-fees-admin')
  }).timeout(300_000)
})
