import { test } from '@japa/runner'

test('the process says that it lives', async ({ client }) => {
  const response = await client.get('/health/live')
  response.assertStatus(200)
})
