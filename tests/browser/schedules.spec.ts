import { test } from '@japa/runner'
import { givenMember } from '#tests/support/given'
import { logIn, shot } from '#tests/support/browser'
import { givenCustomer, givenSeller } from '#tests/support/receivables'
import { dayFromNow, givenSchedule, recur } from '#tests/support/schedules'
import { drainWork } from '#tests/support/work'

test.group('Recurring receivables', () => {
  test('are written down, made, paused and ended on a phone', async ({ visit, assert }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const customer = await givenCustomer(tenant, { name: 'Maria Aparecida da Silva Santos' })
    await givenSchedule(tenant, { customerId: customer.id, every: 2, unit: 'week', leadDays: 40 })
    await recur()
    const page = await visit('/login')
    await page.setViewportSize({ width: 390, height: 844 })
    await logIn(page, user)
    const home = `/t/${tenant.slug}/schedules`

    await page.goto(home)
    await shot(page, 'schedules-index')
    await page.goto(`${home}/create`)
    await page.getByRole('link', { name: 'Maria Aparecida' }).click()
    await page.locator('[name=description]').fill('Mensalidade {month} ({n}/{total})')
    await page.locator('[name=amount]').fill('250,00')
    await page.locator('[name=first_due_on]').fill(dayFromNow(tenant, 5))
    await page.locator('[name=total]').fill('12')
    await page.getByLabel('Pix').check()
    await shot(page, 'schedules-create')
    await page.getByRole('button', { name: 'Criar cobrança recorrente' }).click()
    await page.getByText('Criada. As cobranças').waitFor()
    await recur()
    await drainWork()
    await page.reload()
    await shot(page, 'schedules-show')
    assert.isTrue(await page.getByRole('link', { name: '(1/12)' }).isVisible())

    await page.getByRole('button', { name: 'Pausar' }).click()
    await page.getByText('nenhuma é criada até você retomar').waitFor()
    await page.getByRole('button', { name: 'Retomar' }).click()
    await page.getByText('O que venceu durante a pausa').waitFor()
    await page.getByRole('button', { name: 'Encerrar' }).click()
    await page.locator('dialog').getByRole('button', { name: 'Encerrar' }).click()
    await page.getByText('O que já foi criado fica como está').first().waitFor()
    for (const locale of ['es', 'en']) {
      await user.merge({ locale }).save()
      await page.goto(`${home}/create?customer=${customer.id}`)
      await shot(page, `schedules-create-${locale}`)
    }
  }).timeout(120_000)
})
