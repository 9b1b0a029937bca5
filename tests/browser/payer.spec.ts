import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import KeptMail from '#app/core/models/kept_mail'
import { Worker } from '#app/core/work/worker'
import { IssueCharges } from '#app/receivables/actions/issue_charges'
import Charge, { type ChargeMethod } from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'
import { workload } from '#start/worker'
import { shot } from '#tests/support/browser'
import { givenWebhookSecret } from '#tests/support/money'
import { givenReceivable, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const t = (key: string, values: Record<string, string> = {}) =>
  i18nManager.locale('pt-BR').t(key, values)

const phone = { width: 390, height: 844 }

/** A receivable that can be paid by boleto, Pix and link. */
async function givenOffered(tenant: Tenant) {
  const receivable = await givenReceivable(tenant)
  const methods: ChargeMethod[] = ['boleto', 'pix', 'link']
  await receivable.load('customer')
  await new IssueCharges().handle({ tenant, receivable, methods, actor: { kind: 'command' } })
  return receivable
}

const chargeOf = ({ tenantId, id }: Receivable, method: ChargeMethod) =>
  Charge.query().where({ tenant_id: tenantId, receivable_id: id, method }).firstOrFail()

const way = (page: Page, method: ChargeMethod) =>
  page.locator('details.payer-way').filter({ hasText: t(`payer.ways.${method}.name`) })

const pays: Record<'boleto' | 'pix' | 'link', (page: Page, charge: Charge) => Promise<unknown>> = {
  boleto: (_, { providerPaymentId }) => simulator.pay(providerPaymentId!),
  pix: (_, { providerPaymentId }) => simulator.pay(providerPaymentId!),
  async link(page, { checkoutUrl }) {
    const checkout = await page.context().newPage()
    const attempt = async (cardholder: string) => {
      await checkout.goto(checkoutUrl!)
      await checkout.locator('details.offer > summary').filter({ hasText: 'Credit card' }).click()
      const form = checkout.locator('details.offer[open] form')
      await form.locator('[name="cardholder"]').selectOption(cardholder)
      await form.getByRole('button', { name: /^Pay R\$/ }).click()
    }
    await attempt('FUND')
    await checkout.getByRole('heading', { name: 'The payment was rejected', level: 1 }).waitFor()
    await way(page, 'link').waitFor()
    await attempt('APRO')
    await checkout.getByRole('heading', { level: 1 }).waitFor()
    await checkout.close()
  },
}

test.group("The payer's page, on a phone", (group) => {
  group.each.setup(givenWebhookSecret)
  group.each.setup(async () => {
    const worker = new Worker(workload())
    await worker.start()
    return () => worker.stop()
  })

  for (const method of ['boleto', 'pix', 'link'] as const) {
    test(`notices by itself what was paid by ${method}, and the other ways are closed`, async ({
      visit,
      assert,
    }) => {
      const tenant = await givenSeller({ tradeName: 'Perfumaria Jasmim' })
      const receivable = await givenOffered(tenant)
      const page = await visit(`/p/${receivable.publicToken}`)
      await page.setViewportSize(phone)
      for (const offered of ['boleto', 'pix', 'link'] as const) await way(page, offered).waitFor()
      await way(page, 'pix')
        .getByRole('img', { name: t('payer.qr_code') })
        .waitFor()
      if (method !== 'pix') await way(page, method).locator('summary').click()
      await shot(page, `payer-${method}`)

      await pays[method](page, await chargeOf(receivable, method))

      await page.getByText(t('payer.explained.paid')).waitFor({ timeout: 60_000 })
      await page.getByRole('heading', { name: t('payer.receipt.title') }).waitFor()
      await shot(page, `payer-paid-${method}`)
      assert.equal(await page.locator('details.payer-way').count(), 0)
      for (const other of ['boleto', 'pix', 'link'] as const) {
        const expected = other === method ? 'approved' : 'cancelled'
        await untilState(await chargeOf(receivable, other), expected)
      }
      const receipt = await untilMailed()
      await page.goto(`/dev/mails/${receipt.id}`)
      await page.getByText(t('mails.receipt.heading')).first().waitFor()
      await shot(page, `payer-mail-${method}`)
    })
  }
})

/** The receipt goes out by mail once the payment is booked. */
async function untilMailed(): Promise<KeptMail> {
  for (let tries = 0; tries < 60; tries++) {
    const mail = await KeptMail.first()
    if (mail) return mail
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('No receipt was mailed')
}

/** The other ways are closed right after the payment is booked. */
async function untilState(charge: Charge, expected: Charge['state']) {
  for (let tries = 0; tries < 60; tries++) {
    await charge.refresh()
    if (charge.state === expected) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`The ${charge.method} is ${charge.state}, not ${expected}`)
}
