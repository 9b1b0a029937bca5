import { test } from '@japa/runner'
import { logIn, shot } from '#tests/support/browser'
import { givenMember, givenStore } from '#tests/support/given'
import { givenReceivable, givenSeller } from '#tests/support/receivables'

test.group('The list of receivables on a phone', () => {
  test('is searched and narrowed, in three languages', async ({ visit, assert }) => {
    const tenant = await givenSeller()
    await givenStore(tenant)
    const { user } = await givenMember(tenant, 'owner')
    const paid = await givenReceivable(tenant, { description: 'Perfume' })
    await paid.merge({ state: 'paid' }).save()
    await givenReceivable(tenant, { description: 'Cologne', amountMinor: 98_765_43 })
    const page = await visit('/login')
    await page.setViewportSize({ width: 390, height: 844 })
    await logIn(page, user)
    for (const locale of ['es', 'en', 'pt-BR']) {
      await user.merge({ locale }).save()
      await page.goto(`/t/${tenant.slug}/receivables`)
      await shot(page, `receivables-${locale}`)
    }

    await page.getByLabel('Buscar').fill('98.765,43')
    await page.getByRole('button', { name: 'Filtrar' }).click()
    await page.getByText('Cologne').waitFor()
    assert.equal(await page.getByText('Perfume').count(), 0)
    assert.equal(await page.getByLabel('Buscar').inputValue(), '98.765,43')
  })
})
