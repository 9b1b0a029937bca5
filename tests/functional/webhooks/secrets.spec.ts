import { test } from '@japa/runner'
import mercadopago from '#config/mercadopago'
import { Secrets } from '#app/webhooks/door/secrets'
import { givenWebhookSecrets } from '#tests/support/webhooks'

const textsOf = async (secrets: Secrets) => {
  const keys = await secrets.current()
  return keys.map((key) => key.export().toString())
}

test.group('The secrets that notifications may be signed with', (group) => {
  group.each.setup(() => {
    const { webhookSecrets } = mercadopago
    const before = webhookSecrets.splice(0, Infinity, 'of the environment')
    return () => void webhookSecrets.splice(0, Infinity, ...before)
  })

  test('are those of the environment when the admin never saved anything', async ({ assert }) => {
    assert.deepEqual(await textsOf(new Secrets()), ['of the environment'])
  })

  test('are read again only when the admin changed them', async ({ assert }) => {
    const secrets = new Secrets()
    await givenWebhookSecrets('first')
    assert.deepEqual(await textsOf(secrets), ['first', 'of the environment'])
    const before = await secrets.latest()
    assert.strictEqual(await secrets.latest(), before)
    await givenWebhookSecrets('first', 'second')
    assert.notStrictEqual(await secrets.latest(), before)
    assert.deepEqual(await textsOf(secrets), ['first', 'second', 'of the environment'])
  })
})
