import { test } from '@japa/runner'

test('the browser reaches the app', async ({ visit, assert }) => {
  const page = await visit('/health/live')
  assert.include(await page.content(), 'ok')
})
