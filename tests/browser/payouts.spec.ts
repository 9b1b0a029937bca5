import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import GatewayConfig from '#app/gateway/models/gateway_config'
import Payout from '#app/payouts/models/payout'
import PayoutBatch from '#app/payouts/models/payout_batch'
import { logIn, shot } from '#tests/support/browser'
import { givenPlatformAdmin, PASSWORD } from '#tests/support/given'
import { balanceOf, givenPayableTenant, givenPayout } from '#tests/support/payouts'
import { givenTakenBack } from '#tests/support/posted_money'
import { randomCnpj } from '#tests/support/tax_ids'

const texts = (locale: string) => (key: string, values?: Record<string, string | number>) =>
  i18nManager.locale(locale).t(key, values)

const PDF = {
  name: 'proof.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7 paper'),
}

test.group('Payouts, in a browser', (group) => {
  group.each.setup(async () => {
    const config = await GatewayConfig.current()
    await config.merge({ automaticTransfer: true, platformName: 'Plataforma Exemplo' }).save()
  })

  test('a tenant chooses its days and its account, asks, and prints the receipt in {locale}')
    .with(['pt-BR', 'es', 'en'].map((locale) => ({ locale })))
    .run(async ({ visit, assert }, { locale }) => {
      const t = texts(locale)
      const taxId = randomCnpj()
      const { tenant, owner } = await givenPayableTenant(1_234_567, {
        ...{ taxId, tradeName: 'Perfumaria Jasmim', legalName: 'Jasmim Perfumes Ltda' },
      })
      await owner.merge({ locale }).save()
      const home = `/t/${tenant.slug}/payouts`
      const page = await visit('/login')
      await logIn(page, owner)

      await page.goto(`${home}/schedule`)
      await page.getByLabel(t('payouts.schedule.automatic'), { exact: true }).check()
      await page.getByLabel(t('payouts.schedule.frequency')).selectOption('monthly')
      await page.getByLabel(t('payouts.schedule.month_day'), { exact: true }).fill('31')
      await shot(page, `payout-schedule-${locale}`)
      await page.getByRole('button', { name: t('common.save') }).click()
      await page.getByText(t('payouts.schedule.saved')).waitFor()

      await page.goto(`${home}/destination`)
      await shot(page, `payout-destination-${locale}`)
      await page.getByLabel(t('payouts.destination.key_kind')).selectOption('phone')
      await page.getByLabel(t('payouts.destination.pix_key'), { exact: true }).fill('11 98765-4321')
      await page.getByLabel(t('payouts.destination.holder_tax_id')).fill(taxId)
      await page.locator('input[name="password"]').fill(PASSWORD)
      await page.getByRole('button', { name: t('payouts.destination.save') }).click()
      await page.getByText(t('payouts.destination.cooling')).waitFor()
      await shot(page, `payouts-${locale}`)

      const payout = await givenPayout(tenant, owner, 123_456)
      await payout
        .merge({ state: 'paid', bankReference: 'E0000000020261121', paidAt: payout.createdAt })
        .save()
      await page.goto(`${home}/${payout.id}`)
      await page.getByRole('link', { name: t('payouts.receipt.open') }).click()
      await page.getByText('E0000000020261121').waitFor()
      await shot(page, `payout-receipt-${locale}`)

      await givenTakenBack(tenant, 2_000_000)
      await page.goto(home)
      await page.getByText(t('errors.payouts.below_zero')).waitFor()
      await shot(page, `payouts-below-zero-${locale}`)
      const { available } = await balanceOf(tenant)
      assert.isBelow(available, 0)
    })
    .timeout(300_000)

  test('an admin approves many, makes a file and reads in what the bank did', async ({
    visit,
    assert,
  }) => {
    const t = texts('pt-BR')
    const payouts: Payout[] = []
    for (const tradeName of ['Perfumaria Jasmim', 'Restaurante Sabor & Cia', 'Loja do Centro']) {
      const { tenant, owner } = await givenPayableTenant(500_000, { tradeName })
      payouts.push(await givenPayout(tenant, owner, 123_400))
    }
    const page = await visit('/login')
    await logIn(page, await givenPlatformAdmin())
    await page.goto('/admin/payouts')
    for (const box of await page.locator('input[name="ids[]"]').all()) await box.check()
    await shot(page, 'admin-payouts')
    await page.getByRole('button', { name: t('admin.payouts.many.approve_action') }).click()
    await page.getByText('3 repasses aprovados.').waitFor()

    await page.goto('/admin/payouts/batches')
    await shot(page, 'admin-payout-batches')
    await page.getByRole('button', { name: t('admin.payouts.batches.make') }).click()
    await page.getByText(t('admin.payouts.batches.made')).waitFor()
    await shot(page, 'admin-payout-batch')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t('admin.payouts.batches.download') }).click(),
    ])
    const batch = await PayoutBatch.firstOrFail()
    assert.equal(download.suggestedFilename(), `payouts-BRL-${batch.id}.csv`)

    const [first, second, third] = payouts
    const lines = [
      'reference;result;date;code',
      `${first.reference};paid;2026-11-20;E900`,
      `${second.reference};failed;2026-11-20;AC03 conta encerrada`,
      `${'0'.repeat(32)};paid;2026-11-20;E901`,
    ]
    await page.goto('/admin/payouts/results')
    await shot(page, 'admin-payout-results')
    await page.locator('input[type="file"]').setInputFiles({
      ...{ name: 'return.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) },
    })
    await page.getByRole('button', { name: t('admin.payouts.results.check') }).click()
    await page.getByText(t('admin.payouts.results.verdicts.unmatched')).waitFor()
    await shot(page, 'admin-payout-result')
    const apply = t('admin.payouts.results.apply', { count: 2 })
    await page.getByRole('button', { name: apply }).click()
    await page.getByText('1 pagos, 1 com falha.').waitFor()

    await page.goto(`/admin/payouts/${third.id}`)
    await page.locator('input[name="bank_reference"]').fill('E902')
    await page.locator('#pay input[type="file"]').setInputFiles(PDF)
    await shot(page, 'admin-payout')
    await page.getByRole('button', { name: t('admin.payouts.pay.action') }).click()
    await page.getByText(t('admin.payouts.done.paid')).waitFor()
    await page.goto('/admin/payouts/rules')
    await shot(page, 'admin-payout-rules')
    const states = await Payout.query().orderBy('id').select('state')
    assert.deepEqual(
      states.map(({ state }) => state),
      ['paid', 'failed', 'paid']
    )
  }).timeout(300_000)
})
