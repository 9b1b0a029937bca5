import { test } from '@japa/runner'
import { appUrl } from '#config/app'
import Store from '#app/tenants/models/store'
import { givenMember, givenTenant } from '#tests/support/given'
import { logIn, shot } from '#tests/support/browser'

test.group('Without scripts', () => {
  test('what a script would open stands open: {name}')
    .with([
      { name: 'desktop', width: 1280, height: 800 },
      { name: 'phone', width: 390, height: 844 },
    ])
    .run(async ({ assert, browser }, { name, ...viewport }) => {
      const { tenant, user } = await givenMember(await givenTenant(), 'owner')
      const context = await browser.newContext({
        baseURL: appUrl,
        javaScriptEnabled: false,
        viewport,
      })
      const page = await context.newPage()
      await logIn(page, user)
      await page.locator('.sidebar-nav a[href$="/stores"]').click()
      await page.locator('dialog input[name="name"]').fill('Filial')
      await shot(page, `without-scripts-${name}`)
      await page.locator('dialog button[type="submit"]').click()

      await page.waitForURL(`**/t/${tenant.slug}/stores`)
      assert.isNotNull(await Store.findBy({ tenant_id: tenant.id, name: 'Filial' }))
      for (const dead of await page.locator('button[type="button"]').all()) {
        assert.isFalse(await dead.isVisible(), await dead.evaluate((one) => one.outerHTML))
      }
      await context.close()
    })
})
