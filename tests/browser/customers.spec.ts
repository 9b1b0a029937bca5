import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { Worker } from '#app/core/work/worker'
import { countries } from '#app/core/countries'
import Customer from '#app/receivables/models/customer'
import type Tenant from '#app/tenants/models/tenant'
import { workload } from '#start/worker'
import { logIn, shot } from '#tests/support/browser'
import { givenMember, PASSWORD } from '#tests/support/given'
import { customersFile } from '#tests/support/imports'
import { givenWebhookSecret } from '#tests/support/money'
import {
  givenBoleto,
  givenCustomer,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const t = (key: string, values = {}) => i18nManager.locale('pt-BR').t(key, values)
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

const upload = (page: Page, text: string) =>
  page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'clientes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

async function startWorker() {
  const worker = new Worker(workload())
  await worker.start()
  return () => worker.stop()
}

async function givenOwnerAt(page: Page): Promise<Tenant> {
  const tenant = await givenSeller()
  const { user } = await givenMember(tenant, 'owner')
  await logIn(page, user)
  return tenant
}

test.group('Customers in a browser', () => {
  test('are imported from a file: what is wrong is told, then it is corrected', async ({
    visit,
    assert,
    cleanup,
  }) => {
    cleanup(await startWorker())
    const page = await visit('/login')
    const tenant = await givenOwnerAt(page)
    await page.goto(`/t/${tenant.slug}/customers`)
    await shot(page, 'customers-empty')
    await link(page, t('imports.new')).click()
    await shot(page, 'import-new')
    const bad = ['Ana Souza;123;ana', ';;', 'Só;52998224725;so@example.com', '"Bia;1'].join('\n')
    await upload(page, `${customersFile(3)}\n${bad}`)
    await button(page, t('imports.upload.action')).click()
    await page.getByText(t('imports.bad.title', { count: 3 })).waitFor()
    await shot(page, 'import-bad')
    await button(page, t('imports.bad.again')).click()
    await page.getByText(t('imports.discard.done')).waitFor()

    await upload(page, customersFile(120, 'nome;cpf;email;cor favorita'))
    await button(page, t('imports.upload.action')).click()
    await page.getByText(t('imports.good.title')).waitFor()
    await shot(page, 'import-good')
    await button(page, t('imports.good.confirm', { count: 120 })).click()
    await page.getByText(t('imports.done.title')).waitFor()
    await shot(page, 'import-done')
    await page.goto(`/t/${tenant.slug}/customers`)
    await shot(page, 'customers-list')
    assert.lengthOf(await Customer.query().where('tenant_id', tenant.id), 120)
  })

  test('have a history, are merged and erased', async ({ visit, assert }) => {
    const page = await visit('/login')
    const tenant = await givenOwnerAt(page)
    await givenWebhookSecret()
    const customer = await givenCustomer(tenant, {
      ...{ name: 'Maria das Dores Souza', phone: '+5511987654321', contactName: 'Rosa Lima' },
    })
    const other = await givenCustomer(tenant, { name: 'Maria D. Souza', locale: 'es' })
    const { charge } = await givenBoleto(tenant, { customer })
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    const draft = await givenReceivable(tenant, { customer: other })
    const home = `/t/${tenant.slug}/customers/${customer.id}`

    await page.goto(`${home}/merge`)
    await shot(page, 'merge-choose')
    await page.goto(`${home}/merge?with=${other.id}`)
    await page.locator('input[name="from[email]"][value="other"]').check()
    await shot(page, 'merge')
    await button(page, t('customers.merge.confirm')).click()
    await page.getByText(t('customers.merge.done')).waitFor()
    await shot(page, 'customer')
    await draft.refresh()
    assert.equal(draft.customerId, customer.id)

    await button(page, t('customers.erase.action')).click()
    await page.getByText(t('customers.erase.not_yet')).waitFor()
    await shot(page, 'erase-refused')
    await draft.moveTo('cancelled').save()
    await page.goto(`${home}/data`)
    await shot(page, 'customer-data')
    await page.goto(home)
    await button(page, t('customers.erase.action')).click()
    await page.locator('input[name="understood"]').check()
    await page.locator('#erase-customer input[name="password"]').fill(PASSWORD)
    await shot(page, 'erase')
    await button(page, t('customers.erase.confirm')).click()
    await page.getByText(t('customers.erase.done')).waitFor()
    await shot(page, 'customer-erased')
  })

  test('have a form as their country has it', async ({ visit, assert }) => {
    const page = await visit('/login')
    const tenant = await givenOwnerAt(page)
    await page.goto(`/t/${tenant.slug}/customers/create`)
    await page.locator('input[name="tax_id"]').pressSequentially('52998224725')
    assert.equal(await page.locator('input[name="tax_id"]').inputValue(), '529.982.247-25')
    await page.locator('input[name="city"]').fill('São Paulo')
    await button(page, t('common.save')).click()
    await page.locator('#field-street-error').waitFor()
    await shot(page, 'customer-form-br')
    for (const country of ['CO', 'CL'] as const) {
      const { currency, timeZone, locale } = countries[country]
      await tenant.merge({ country, currency, timeZone, locale }).save()
      await page.goto(`/t/${tenant.slug}/customers/create`)
      await shot(page, `customer-form-${country.toLowerCase()}`)
    }
  })
})
