import { connect } from 'node:net'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { apiRoutes } from '../../../app/simulator/api/routes.js'
import { controlRoutes } from '../../../app/simulator/control/routes.js'
import { pageRoutes } from '../../../app/simulator/pages/routes.js'
import { holds } from '#tests/support/property'
import { pixRequest, startTestSimulator, type TestSimulator } from './support.js'

const ROUTES = Object.keys({ ...apiRoutes, ...controlRoutes, ...pageRoutes })

const NAMES = [
  ...['amount', 'kind', 'times', 'ms', 'status', 'payer', 'payment_method_id', 'settings', 'fees'],
  ...[
    'transaction_amount',
    'user_id',
    'data_id',
    'url',
    'now',
    'advance_days',
    'taxes',
    'metadata',
  ],
  ...['site_id', 'identification', 'additional_info', 'items', '__proto__', 'constructor'],
]

const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'constructor',
      '__proto__',
      null,
      true,
      'pix',
      'MLB',
      'latency',
      '2099-01-01T00:00:00Z',
      1e21,
      0.001
    ),
    fc.double({ noNaN: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie('anything'), { maxKeys: 4 })
  ),
}))

test.group('Simulator | malformed calls', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('are answered below 500, on every route', async ({ assert }) => {
    const { body: payment } = await simulator.post('/v1/payments', pixRequest())
    const ids = fc.constantFrom(String(payment.id), '1', '%00', '..%2f', '%E0%A4%A', '9'.repeat(40))
    const ask = async (route: string, id: string, content: unknown) => {
      const [method, path] = route.split(' ')
      const answer = await simulator.call(
        method,
        path.replace(/:\w+/g, id),
        method === 'GET' ? undefined : content,
        { 'x-idempotency-key': String(Math.random()) }
      )
      await simulator.call('DELETE', '/_simulator/faults')
      assert.isBelow(answer.status, 500, route)
    }
    for (const route of ROUTES) {
      await holds([ids, anything], (id, content) => ask(route, id, content), {
        runs: 12,
        longRuns: 200,
      })
    }
  }).timeout(120_000)

  test('may even have no address', async ({ assert }) => {
    const socket = connect(simulator.port, '127.0.0.1')
    socket.end('GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk)
    assert.match(String(Buffer.concat(chunks)), /^HTTP\/1\.1 400 /)
  })
})
