import { test } from '@japa/runner'
import fc from 'fast-check'
import { holds } from '#tests/support/property'
import { boletoOrder, cardOrder, pixOrder, place } from './orders_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 0, -1, 1e21, '1e3', '99999999999999.99', [], {}, [null]),
  fc.constantFrom('P1D', 'PT', '2020-01-01', 'mercado@testuser.com', '__proto__', '\u0000'),
  fc.constantFrom('9999999999999999-12-31T00:00:00.000-04:00', 'P9999Y9999M', '0.00', 'NaN'),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.anything()
)

type Path = (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([name, one]) => pathsOf(one, [...path, name]))
  return path.length > 0 ? [path, ...inner] : inner
}

/** A copy with something else in one place. */
function spoiled(order: Record<string, any>, [first, ...rest]: Path, value: unknown): any {
  const copy: any = Array.isArray(order) ? [...order] : { ...order }
  copy[first] = rest.length > 0 ? spoiled(copy[first], rest, value) : value
  return copy
}

const FULL = {
  items: [{ title: 'x', unit_price: '150.00', quantity: 1 }],
  config: { online: { callback_url: 'https://x/', transaction_security: { validation: 'never' } } },
  additional_info: { payer: { ip_address: '10.0.0.1' } },
  integration_data: { sponsor: { id: '1036739580' }, platform_id: 'x' },
  shipment: { address: { city: 'x' } },
  expiration_time: 'P1D',
  description: 'x',
  marketplace_fee: '0.00',
}

test.group('Simulator | malformed orders', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const isRefusal = (body: any) =>
    body.errors.every(
      ({ code, message, details }: any) =>
        typeof code === 'string' && typeof message === 'string' && Array.isArray(details)
    )

  test('are refused in the envelope of orders, whatever is wrong where', async ({ assert }) => {
    const whole = [boletoOrder(FULL), pixOrder(), await cardOrder(simulator)]
    const where = whole.flatMap((order) => pathsOf(order).map((path) => [order, path] as const))
    await holds(
      [fc.constantFrom(...where), junk, fc.boolean()],
      async ([order, path], value, manual) => {
        const mode = manual ? { processing_mode: 'manual' } : {}
        const wrong = { ...spoiled(order, path, value), ...mode }
        const { status, body } = await simulator.post('/v1/orders', wrong)
        assert.oneOf(status, [201, 400, 402], JSON.stringify(wrong))
        if (status !== 201) assert.isTrue(isRefusal(body))
        if (status === 400 || !manual) return
        const processed = await simulator.post(`/v1/orders/${body.id}/process`, undefined)
        assert.oneOf(processed.status, [200, 400, 402], JSON.stringify(wrong))
      }
    )
  }).timeout(120_000)

  test('are refused on every call', async ({ assert }) => {
    const order = await place(simulator, pixOrder({ processing_mode: 'manual' }))
    const [{ id }] = order.transactions.payments
    const paid = await place(simulator, await cardOrder(simulator))
    const calls = fc.constantFrom(
      `POST /v1/orders/${order.id}/transactions`,
      `PUT /v1/orders/${order.id}/transactions/${id}`,
      `POST /v1/orders/${paid.id}/refund`,
      `POST /v1/orders/${paid.id}/capture`
    )
    const body = fc.oneof(
      junk,
      junk.map((amount) => ({ amount })),
      junk.map((method) => ({ payment_method: method })),
      junk.map((token) => ({ payment_method: { id: 'pix', type: 'bank_transfer', token } })),
      junk.map((payments) => ({ payments })),
      junk.map((transactions) => ({ transactions })),
      junk.map((amount) => ({ transactions: [{ id: paid.transactions.payments[0].id, amount }] }))
    )
    await holds([calls, body], async (call, content) => {
      const [method, path] = call.split(' ')
      const key = { 'x-idempotency-key': String(Math.random()) }
      const answer = await simulator.call(method, path, content, key)
      assert.isBelow(answer.status, 500, `${call} ${JSON.stringify(content)}`)
      if (answer.status >= 400) assert.isTrue(isRefusal(answer.body))
    })
  }).timeout(120_000)

  test('are not searched for', async ({ assert }) => {
    const names = ['begin_date', 'end_date', 'page', 'page_size', 'sort_by', 'status', 'type']
    const query = fc.dictionary(fc.constantFrom(...names, 'external_reference'), fc.string())
    const range = { begin_date: '2020-01-01T00:00:00Z', end_date: '2100-01-01T00:00:00Z' }
    await holds([query, fc.boolean()], async (asked, dated) => {
      const search = new URLSearchParams({ ...asked, ...(dated && range) })
      const { status } = await simulator.get(`/v1/orders?${search}`)
      assert.oneOf(status, [200, 400])
    })
  }).timeout(120_000)
})
