import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import Receivable from '#app/receivables/models/receivable'
import { logIn, shot } from '#tests/support/browser'
import { givenMember } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { givenCustomer, givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

test.group('A receivable in a browser', (group) => {
  group.each.setup(givenWebhookSecret)

  for (const locale of ['pt-BR', 'es', 'en']) {
    const t = (key: string, values: Record<string, string> = {}) =>
      i18nManager.locale(locale).t(key, values)

    test(`is corrected while it is a draft, and duplicated: ${locale}`, async ({
      visit,
      assert,
    }) => {
      const tenant = await givenSeller()
      const { user } = await givenMember(tenant, 'owner')
      await user.merge({ locale }).save()
      const draft = await givenReceivable(tenant, { description: 'Kit de perfumes' })
      const other = await givenCustomer(tenant, { name: 'Maria das Dores Souza' })
      const page = await visit('/login')
      await logIn(page, user)
      await page.goto(`/t/${tenant.slug}/receivables/${draft.id}`)
      await shot(page, `draft-${locale}`)
      await page.getByRole('link', { name: t('receivables.edit_action'), exact: true }).click()
      await page.getByRole('link', { name: t('receivables.another_customer') }).click()
      await shot(page, `draft-customer-${locale}`)
      await page.getByRole('link', { name: other.name, exact: true }).click()
      await page.locator('[name="amount"]').fill('0')
      await page.getByRole('button', { name: t('common.save'), exact: true }).click()
      await page.locator('#field-amount-error').waitFor()
      await shot(page, `draft-edit-${locale}`)
      await page.locator('[name="amount"]').fill(locale === 'en' ? '175.50' : '175,50')
      await page.getByRole('button', { name: t('common.save'), exact: true }).click()
      await page.getByText(t('receivables.changed')).waitFor()
      await draft.refresh()
      assert.equal(draft.amountMinor, 175_50)

      await page.getByRole('link', { name: t('receivables.copy'), exact: true }).click()
      await shot(page, `copy-${locale}`)
      await page.getByRole('button', { name: t('receivables.create'), exact: true }).click()
      await page.getByText(t('receivables.created')).waitFor()
      const [first, copy] = await Receivable.query().orderBy('id')
      for (const name of ['description', 'amountMinor', 'dueOn', 'payUntil'] as const) {
        assert.equal(copy[name], first[name])
      }
    })

    test(`paid in part is offered again, and the payer sees what is left: ${locale}`, async ({
      visit,
    }) => {
      const tenant = await givenSeller({ tradeName: 'Perfumaria Jasmim', locale })
      const { user } = await givenMember(tenant, 'owner')
      await user.merge({ locale }).save()
      const receivable = await givenReceivable(tenant)
      const boleto = await issue(tenant, receivable, 'boleto')
      await simulator.pay(boleto.providerPaymentId!, 99.99)
      await drainWork()
      const page = await visit('/login')
      await logIn(page, user)
      await page.goto(`/t/${tenant.slug}/receivables/${receivable.id}`)
      await page.getByText(t('receivables.offer.rest')).waitFor()
      await shot(page, `rest-${locale}`)
      await page.getByRole('button', { name: t('receivables.offer.issue'), exact: true }).click()
      await page.getByRole('heading', { name: t('receivables.methods.pix'), exact: true }).waitFor()
      await shot(page, `rest-offered-${locale}`)

      await page.setExtraHTTPHeaders({ 'accept-language': locale })
      await page.goto(`/p/${receivable.publicToken}`)
      await page.getByText(t('payer.explained.rest')).waitFor()
      await shot(page, `rest-payer-${locale}`)
    })
  }
})
