import { test } from '@japa/runner'
import { FOREIGN_ACCOUNT_ID } from '#app/simulator/main'
import { connections } from '#tests/support/consent'
import { logIn, shot } from '#tests/support/browser'
import { givenMember, givenStore, PASSWORD } from '#tests/support/given'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { givenConnection } from '#tests/support/connections'

test.group('An account of one’s own', () => {
  test('is connected at Mercado Pago, chosen by a store and disconnected, on a phone', async ({
    visit,
    assert,
  }) => {
    const tenant = await givenSeller()
    const branch = await givenStore(tenant, 'Filial centro')
    const { user } = await givenMember(tenant, 'owner')
    const page = await visit('/login')
    await page.setViewportSize({ width: 390, height: 844 })
    await logIn(page, user)
    const home = `/t/${tenant.slug}/gateway`

    await page.goto(home)
    await shot(page, 'connect-none')
    await page.getByRole('link', { name: 'Conectar com Mercado Pago' }).click()
    await page.getByText('O que muda ao conectar').waitFor()
    await shot(page, 'connect-create')
    await page.getByLabel('Nome da conta').fill('Conta principal')
    await page.getByLabel('Sua senha').fill(PASSWORD)
    await page.getByRole('button', { name: 'Conectar com Mercado Pago' }).click()
    await page.waitForURL(/authorization/)
    await page.locator(`input[value="${FOREIGN_ACCOUNT_ID}"]`).check()
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.waitForURL(/attempts/)
    await page.getByText('FOREIGNSELLER está conectada').waitFor()
    await shot(page, 'connect-done')
    await page.reload()
    await page.getByText('FOREIGNSELLER está conectada').waitFor()

    await givenConnection(tenant, { label: 'Filial' })
    await givenBoleto(tenant, { description: 'Perfume de jasmim 100 ml' })
    await page.goto(`${home}/stores/${branch.id}`)
    await page.getByLabel('Conta que recebe').selectOption({ index: 2 })
    await page.getByLabel('ID da loja').fill('12345678')
    await shot(page, 'connect-store')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Conta de Filial centro salva').waitFor()
    await shot(page, 'connect-index')
    await page.goto(`${home}/mode`)
    await shot(page, 'connect-mode')

    const [first] = await connections(tenant)
    await page.goto(`${home}/${first.id}`)
    await shot(page, 'connect-show')
    await page.getByRole('link', { name: 'Ver o que acontece ao desconectar' }).click()
    await page.getByText('1 loja para de cobrar').waitFor()
    assert.isTrue(await page.getByText('Perfume de jasmim 100 ml').isVisible())
    for (const locale of ['es', 'en', 'pt-BR']) {
      await user.merge({ locale }).save()
      await page.reload()
      await shot(page, `connect-disconnect-${locale}`)
    }
    await page.getByLabel('Sua senha').fill(PASSWORD)
    await page.getByRole('button', { name: 'Desconectar' }).click()
    await page.getByText('não recebe mais novas cobranças').first().waitFor()
    await first.refresh()
    assert.equal(first.state, 'disconnecting')
    for (const locale of ['es', 'en']) {
      await user.merge({ locale }).save()
      await page.goto(home)
      await shot(page, `connect-index-${locale}`)
    }
  }).timeout(240_000)
})
