import { test } from '@japa/runner'
import fc from 'fast-check'
import { PREFERENCE_FIELDS } from '../../../app/simulator/preferences/fields.js'
import { holds } from '#tests/support/property'
import { formOf, payIn, prefer, preferenceRequest, visit } from './checkout_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, '', 'x', '1', 0, -1, 0.001, 1e21, 2 ** 53, 'javascript:alert(1)'),
    fc.constantFrom('2099-01-01T00:00:00Z', 'http://[', '9'.repeat(400), { id: 1 }, [{ id: null }]),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('anything'), { maxKeys: 3 })
  ),
}))

/** Paths of the fields that are known, such as `payer.phone.number`. */
function pathsOf(fields: object, path: string[] = []): string[][] {
  return Object.entries(fields).flatMap(([name, inner]) => {
    const here = [...path, name]
    return inner === true ? [here] : [here, ...pathsOf(inner, here)]
  })
}

function put(target: any, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[name] = value
  else {
    if (typeof target[name] !== 'object' || target[name] === null) {
      target[name] = rest[0] === '0' ? [{}] : {}
    }
    put(target[name], rest, value)
  }
}

const PATHS = pathsOf(PREFERENCE_FIELDS)
const changes = fc.array(fc.tuple(fc.constantFrom(...PATHS), anything), {
  minLength: 1,
  maxLength: 3,
})

test.group('Simulator | what the checkout cannot read', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const notBroken = (status: number) => status < 500

  test('is refused of a preference, or leaves one that works', async ({ assert }) => {
    const made = await prefer(simulator)
    await holds(
      [changes],
      async (chosen) => {
        const body = preferenceRequest()
        for (const [path, value] of chosen) put(body, path, value)
        const created = await simulator.call('POST', '/checkout/preferences', body)
        assert.isTrue(notBroken(created.status), JSON.stringify(body))
        const change = {}
        for (const [path, value] of chosen) put(change, path, value)
        const path = `/checkout/preferences/${made.id}`
        const changed = await simulator.call('PUT', path, change)
        assert.isTrue(notBroken(changed.status), JSON.stringify(change))
        if (created.status !== 201) return
        const page = await simulator.get(`/checkout/v1/redirect?pref_id=${created.body.id}`)
        assert.equal(page.status, 200)
        const paid = await simulator.control(`/preferences/${created.body.id}/pay`, {})
        assert.isTrue(notBroken(paid.status), JSON.stringify(paid.body))
      },
      { runs: 300, longRuns: 3_000 }
    )
  }).timeout(120_000)

  test('is refused of a merchant order', async ({ assert }) => {
    const names = ['items', 'payer', 'collector', 'shipments', 'preference_id', 'sponsor_id']
    const order = fc.dictionary(
      fc.constantFrom(...names, 'external_reference', 'notification_url', 'site_id', 'version'),
      anything
    )
    const { body: made } = await simulator.call('POST', '/merchant_orders', {})
    await holds([order], async (body) => {
      for (const [method, path] of [
        ['POST', '/merchant_orders'],
        ['PUT', `/merchant_orders/${made.id}`],
      ]) {
        const { status } = await simulator.call(method, path, body)
        assert.isTrue(notBroken(status), JSON.stringify(body))
      }
    })
    const { status } = await simulator.get('/merchant_orders/search')
    assert.equal(status, 200)
  }).timeout(120_000)

  test('is refused of a search', async ({ assert }) => {
    const names = ['limit', 'offset', 'items', 'status', 'date_created_from', 'sponsor_id']
    const query = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary' }))
    await holds([query], async (asked) => {
      const text = new URLSearchParams(asked)
      for (const path of ['/merchant_orders/search', '/checkout/preferences/search']) {
        const { status } = await simulator.get(`${path}?${text}`)
        assert.isTrue(notBroken(status), String(text))
      }
    })
  }).timeout(120_000)

  test('comes back in the form', async ({ assert }) => {
    const preference = await prefer(simulator)
    await payIn(simulator, preference.id, { payment_method_id: 'pix', pay: false })
    const html = await visit(simulator, preference.init_point)
    const offers = ['credit_card', 'bolbradesco', 'pix']
    const fields = Object.fromEntries(offers.map((offer) => [offer, formOf(html, offer)]))
    const typed = fc.constantFrom(...offers).chain((offer) =>
      fc.record({
        offer: fc.constant(offer),
        filled: fc.dictionary(
          fc.constantFrom(...Object.keys(fields[offer]), 'pref_id', 'institution'),
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '-1', '1e9', '<script>'))
        ),
      })
    )
    await holds([typed], async ({ offer, filled }) => {
      const form = { ...fields[offer], key: String(Math.random()), ...filled }
      const response = await fetch(`${simulator.url}/checkout/v1/redirect`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
      })
      const text = await response.text()
      assert.isTrue(notBroken(response.status), JSON.stringify(form))
      assert.notInclude(text, '<script>')
    })
  }).timeout(120_000)
})
