import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { WatchNews } from '#app/admin/actions/watch_news'
import Payment from '#app/payments/models/payment'
import { FOREIGN_ACCOUNT_ID } from '#app/simulator/main'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { logIn, shot } from '#tests/support/browser'
import { givenPlatformAdmin } from '#tests/support/given'
import { givenWebhookSecret } from '#tests/support/money'
import { givenBusyAccount } from '#tests/support/silences'
import { simulator } from '#tests/support/simulator'
import { givenEvent } from '#tests/support/webhooks'
import { drainWork } from '#tests/support/work'

test.group('The webhooks desk, in a browser', (group) => {
  group.each.setup(givenWebhookSecret)

  test('shows a silence, clears quarantine, asks live and replays several in {locale}')
    .with([{ locale: 'pt-BR' }, { locale: 'es' }, { locale: 'en' }])
    .run(async ({ visit, assert }, { locale }) => {
      const t = (key: string, values?: Record<string, unknown>) =>
        i18nManager.locale(locale).t(key, values)
      const { charge, tenant } = await givenBusyAccount()
      await simulator.advance({ seconds: 6 * 3600 })
      await new WatchNews().handle()
      const foreign = { mpUserId: String(FOREIGN_ACCOUNT_ID), topic: 'payment' }
      const rejected = { state: 'rejected', finishedAt: null } as const
      await givenEvent({ ...rejected, ...foreign, reason: 'invalid_tenant' })
      await givenEvent({ ...rejected, signature: 'invalid', reason: 'bad_signature' })
      const values = { resourceId: charge.providerPaymentId!, mpUserId: charge.collectorId }
      const failed = { state: 'failed', attempts: 15, lastError: 'ProviderBusy' } as const
      await givenEvent({ ...values, ...failed, tenantId: tenant.id })
      await givenEvent({ ...values, ...failed })
      const page = await visit('/login')
      await logIn(page, await givenPlatformAdmin({ locale, fullName: 'Ada Lima' }))
      await shot(page, `desk-dashboard-${locale}`)

      await page.goto('/admin/webhooks?state=failed')
      await shot(page, `desk-list-${locale}`)
      await page.getByRole('link', { name: t('webhooks.replay.all') }).click()
      await shot(page, `desk-replay-${locale}`)
      await page.getByRole('button', { name: t('webhooks.replay.action', { count: 2 }) }).click()
      await page.getByText(t('webhooks.outcome.waiting', { count: 2 })).waitFor()
      await drainWork()
      await page.getByRole('link', { name: t('webhooks.outcome.refresh') }).click()
      await page.getByText(t('webhooks.outcome.ended')).waitFor()
      await shot(page, `desk-outcome-${locale}`)

      await page.locator('tbody a').first().click()
      await Payment.query()
        .where({ tenant_id: tenant.id, provider_payment_id: charge.providerPaymentId })
        .update({ status: 'in_process', amount_minor: 149_00 })
      await page.getByRole('link', { name: t('webhooks.now.ask') }).click()
      await page.getByText(t('webhooks.now.says'), { exact: true }).first().waitFor({
        state: 'attached',
      })
      await shot(page, `desk-now-${locale}`)

      await page.goto('/admin/webhooks/quarantine')
      await shot(page, `desk-quarantine-${locale}`)
      await page.getByRole('checkbox').first().check()
      await page.getByLabel(t('webhooks.review.note')).fill('Perfume-shop 42')
      await page.getByRole('button', { name: t('webhooks.review.chosen') }).click()
      await page.getByText(t('webhooks.review.done', { count: 1 })).waitFor()
      await page.getByRole('link', { name: t('webhooks.quarantine.reviewed') }).click()
      await page.getByText('Perfume-shop 42').waitFor()
      await shot(page, `desk-reviewed-${locale}`)
      assert.lengthOf(await WebhookEvent.query().whereNotNull('reviewed_at'), 1)
    })
    .timeout(120_000)
})
