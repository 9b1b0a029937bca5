import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import ExceptionCase from '#app/payments/models/exception_case'
import { logIn, shot } from '#tests/support/browser'
import { givenMember, givenPlatformAdmin } from '#tests/support/given'
import { givenWebhookSecret, makePix } from '#tests/support/money'
import { givenBoleto, givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const t = (key: string) => i18nManager.locale('pt-BR').t(key)

test.group('An exception, in a browser', (group) => {
  group.each.setup(givenWebhookSecret)

  test('of a short payment is read, noted and accepted by a manager', async ({ visit, assert }) => {
    const tenant = await givenSeller()
    for (const amount of [100, 149.99, 180]) {
      const { charge } = await givenBoleto(tenant, { description: 'Perfume Flor de Laranjeira' })
      await simulator.pay(charge.providerPaymentId!, amount)
    }
    await drainWork()
    const { user } = await givenMember(tenant, 'manager')
    const page = await visit('/login')
    await logIn(page, user)

    await page.goto(`/t/${tenant.slug}/exceptions`)
    await shot(page, 'exceptions')
    await page
      .getByRole('link', { name: t('exceptions.kinds.underpaid') })
      .first()
      .click()
    await page.getByLabel(t('exceptions.notes.label')).fill('Combinado por telefone.')
    await page.getByRole('button', { name: t('exceptions.notes.action') }).click()
    await page.getByText('Combinado por telefone.').waitFor()
    await shot(page, 'exception')
    await page.getByRole('button', { name: t('exceptions.decide.waived.action') }).click()
    await page.getByText(t('exceptions.decided.waived')).waitFor()
    await shot(page, 'exception-decided')

    assert.lengthOf(await ExceptionCase.query().where('decision', 'waived'), 1)
  }).timeout(60_000)

  test('of unknown money is assigned by the admin', async ({ visit, assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant, { amountMinor: 12_34 })
    await issue(tenant, receivable, 'pix')
    await simulator.pay(await makePix(newPublicToken(), 'pedido-778'))
    await drainWork()
    const page = await visit('/login')
    await logIn(page, await givenPlatformAdmin())

    await page.goto('/admin/exceptions')
    await shot(page, 'admin-exceptions')
    await page.getByRole('link', { name: t('exceptions.kinds.unknown_payment') }).click()
    await page.getByRole('button', { name: t('exceptions.link.action') }).waitFor()
    await shot(page, 'admin-exception')
    await page.getByRole('button', { name: t('exceptions.link.action') }).click()
    await page.getByText(t('exceptions.decided.linked')).waitFor()

    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
  }).timeout(60_000)
})
