import { test } from '@japa/runner'
import { buildError } from 'mercadopago'
import { providerError } from '#app/gateway/adapter/errors'
import {
  ProviderBusy,
  ProviderCredentialRefused,
  ProviderNotFound,
  ProviderOutcomeUnknown,
  ProviderRefused,
  ProviderUnreadable,
} from '#app/gateway/provider_errors'

const refusal = (status: number, body: any) =>
  providerError(buildError(status, body), 'write') as ProviderRefused

test.group('What a failed call to Mercado Pago means', () => {
  test('a refusal names the code of its first cause, in whichever shape', ({ assert }) => {
    const bodies = [
      { cause: [{ code: 7521 }] },
      { cause: [{ code: '7521' }] },
      { cause: { code: 7521 } },
    ]
    for (const body of bodies) {
      assert.instanceOf(refusal(400, body), ProviderRefused)
      assert.equal(refusal(400, body).code, '7521')
    }
  })

  test('without causes it names the symbolic error, else the status', ({ assert }) => {
    assert.equal(
      refusal(400, { error: 'invalid_auto_return', cause: [] }).code,
      'invalid_auto_return'
    )
    assert.equal(refusal(422, { cause: null }).code, '422')
    assert.equal(refusal(400, {}).code, '400')
  })

  test('each status has one meaning, and a write may have been done', ({ assert }) => {
    const meanings = [
      [401, ProviderCredentialRefused, ProviderCredentialRefused],
      [403, ProviderCredentialRefused, ProviderCredentialRefused],
      [404, ProviderNotFound, ProviderNotFound],
      [408, ProviderBusy, ProviderOutcomeUnknown],
      [409, ProviderBusy, ProviderOutcomeUnknown],
      [423, ProviderBusy, ProviderBusy],
      [429, ProviderBusy, ProviderBusy],
      [500, ProviderBusy, ProviderOutcomeUnknown],
      [503, ProviderBusy, ProviderOutcomeUnknown],
    ] as const
    for (const [status, read, write] of meanings) {
      assert.instanceOf(providerError(buildError(status, {}), 'read'), read)
      assert.instanceOf(providerError(buildError(status, {}), 'write'), write)
    }
  })

  test('what broke on the way is unreadable for a read, unknown for a write', ({ assert }) => {
    assert.instanceOf(providerError(new TypeError(), 'read'), ProviderUnreadable)
    assert.instanceOf(providerError(new TypeError(), 'write'), ProviderOutcomeUnknown)
  })

  test('"already posted" may be our own first try', ({ assert }) => {
    assert.instanceOf(
      providerError(buildError(400, { cause: [{ code: 2001 }] as never }), 'write'),
      ProviderOutcomeUnknown
    )
  })

  test('the wait that was asked for is kept', ({ assert }) => {
    const busy = providerError(buildError(429, {}, 7), 'read') as ProviderBusy

    assert.equal(busy.retryAfterSeconds, 7)
  })
})
