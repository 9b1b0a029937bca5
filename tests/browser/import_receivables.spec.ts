import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import type { Page } from 'playwright-core'
import { clock } from '#app/core/clock'
import Receivable from '#app/receivables/models/receivable'
import { logIn, shot } from '#tests/support/browser'
import { givenMember } from '#tests/support/given'
import { receivablesFile } from '#tests/support/imports'
import { givenSeller } from '#tests/support/receivables'
import { drainWork } from '#tests/support/work'

const t = (key: string, values = {}) => i18nManager.locale('pt-BR').t(key, values)
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const upload = (page: Page, text: string) =>
  page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'cobrancas.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

test.group('Receivables from a file in a browser', () => {
  test('are corrected, confirmed with their ways of paying, and found in the list', async ({
    visit,
    assert,
  }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const page = await visit('/login')
    await logIn(page, user)
    const today = DateTime.fromISO(clock.today(tenant.timeZone))
    const day = today.plus({ days: 5 }).toFormat('dd/MM/yyyy')
    const inEachLanguage = async (name: string) => {
      for (const locale of ['es', 'en', 'pt-BR']) {
        await user.merge({ locale }).save()
        await page.reload()
        await shot(page, `${name}-${locale}`)
      }
    }
    await page.goto(`/t/${tenant.slug}/receivables`)
    await page.getByRole('link', { name: t('imports.new'), exact: true }).click()
    await inEachLanguage('import-receivables-new')

    const bad = ['NF-0;123;Um;1;x', ';52998224725;;dez;31/02/2030;;Filial;;', ';;'].join('\n')
    await upload(page, `${receivablesFile(3, day)}\n${bad}`)
    await button(page, t('imports.upload.action')).click()
    await drainWork()
    await page.getByText(t('imports.bad.title', { count: 2 })).waitFor()
    await inEachLanguage('import-receivables-bad')
    await button(page, t('imports.bad.again')).click()

    await upload(page, receivablesFile(3, day))
    await button(page, t('imports.upload.action')).click()
    await drainWork()
    await page.getByText(t('imports.good.title')).waitFor()
    await inEachLanguage('import-receivables-ready')
    await page.getByLabel(t('receivables.methods.boleto')).check()
    await page.getByLabel(t('receivables.methods.pix')).check()
    await button(page, t('imports.good.confirm', { count: 3 })).click()
    await drainWork()
    await page.getByText(t('imports.done.title')).waitFor()
    await page.reload()
    await page.getByText(t('imports.offers.failed')).waitFor()
    await inEachLanguage('import-receivables-done')

    const made = await Receivable.query().where('tenant_id', tenant.id).preload('charges')
    assert.deepEqual(
      made.map(({ state, charges }) => [state, charges.map(({ method }) => method)]),
      made.map(() => ['open', ['pix']])
    )
    await page
      .getByRole('main')
      .getByRole('link', { name: t('common.nav.receivables') })
      .click()
    await page.getByLabel(t('receivables.search.label')).fill('nf-1')
    await button(page, t('receivables.filter')).click()
    await page.getByText('Mensalidade 1').waitFor()
    assert.equal(await page.getByText('Mensalidade 2').count(), 0)
  }).timeout(180_000)
})
