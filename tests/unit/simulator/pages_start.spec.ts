import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { PLATFORM_CLIENT_ID, PLATFORM_WEBHOOK_SECRET } from '../../../app/simulator/main.js'
import { pixRequest, startTestSimulator, type TestSimulator } from './support.js'

const hasCurl = spawnSync('curl', ['--version']).status === 0

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** Not blocking: the simulator that answers lives in this process. */
async function inShell(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command])
  return stdout
}

/** The blocks to copy, as somebody would who selects them. */
function blocks(html: string): string[] {
  const found = [...html.matchAll(/<pre[^>]*>([^]*?)<\/pre>/g)]
  return found.map(([, text]) => text.replace(/&(amp|lt|gt|quot|#39);/g, (one) => ENTITIES[one]))
}

test.group('Simulator | the start page', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const visit = async (path: string): Promise<string> => {
    const { body } = await simulator.get(path)
    return body
  }
  const submit = (path: string, fields: Record<string, string>) =>
    fetch(simulator.url + path, { method: 'POST', body: new URLSearchParams(fields) })

  test('has a command that charges when it is pasted into a terminal', async ({ assert }) => {
    const [command] = blocks(await visit('/'))
    const payment = JSON.parse(await inShell(command))
    assert.equal(payment.status, 'pending')
    const paid = await simulator.control(`/payments/${payment.id}/pay`)
    assert.equal(paid.body.status, 'approved')
  }).skip(!hasCurl, 'there is no curl')

  test('has the settings of an application that is to be pointed here', async ({ assert }) => {
    const [, settings] = blocks(await visit('/'))
    const lines = Object.fromEntries(settings.split('\n').map((line) => line.split('=')))
    assert.deepInclude(lines, {
      MERCADOPAGO_API_URL: simulator.url,
      MERCADOPAGO_AUTH_URL: simulator.url,
      MERCADOPAGO_CLIENT_ID: PLATFORM_CLIENT_ID,
      MERCADOPAGO_WEBHOOK_SECRETS: PLATFORM_WEBHOOK_SECRET,
    })
    const clock = await fetch(lines.CLOCK_URL)
    assert.equal(clock.status, 200)
  })

  test('lists every account with its tokens, and leads to every page', async ({ assert }) => {
    const start = await visit('/')
    for (const { access_token: token, public_key: key } of simulator.accounts) {
      assert.include(start, token)
      assert.include(start, key)
    }
    const links = [...start.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
    for (const href of new Set(links)) {
      const { status } = await simulator.get(href.replaceAll('&amp;', '&'))
      assert.equal(status, 200, href)
    }
  })

  test('changes where an application is told', async ({ assert }) => {
    const path = `/applications/${PLATFORM_CLIENT_ID}/webhook`
    const changed = await submit(path, { webhook_url: 'http://127.0.0.1:9/mine' })
    assert.include(await changed.text(), 'value="http://127.0.0.1:9/mine"')
    await submit(path, { webhook_url: '' })
    await simulator.charge(pixRequest())
    const { body } = await simulator.get('/_simulator/deliveries')
    assert.deepEqual(body, [])
    const wrong = await submit(path, { webhook_url: 'nowhere' })
    assert.equal(wrong.status, 400)
  })

  test('leads to a page that decides a refund under way', async ({ assert }) => {
    const { id } = await simulator.charge(pixRequest())
    await simulator.control(`/payments/${id}/pay`)
    await simulator.control('/faults', { kind: 'refund_in_process' })
    await simulator.post(`/v1/payments/${id}/refunds`, { amount: 30 })
    const page = await visit(`/payments/${id}`)
    const [, action] = /action="(\/payments\/\d+\/refunds\/\d+)"/.exec(page)!
    const wrong = await submit(action, { status: 'lost' })
    assert.equal(wrong.status, 400)
    await submit(action, { status: 'approved' })
    const payment = await simulator.payment(id)
    assert.equal(payment.transaction_amount_refunded, 30)
  })

  test('leads to a page that takes every detail of a fault', async ({ assert }) => {
    await submit('/faults', { kind: 'refusal', code: '2063', times: '1', currency_id: '' })
    const refused = await simulator.post('/v1/payments', pixRequest())
    assert.equal(refused.body.cause[0].code, 2063)
    await submit('/faults', { kind: 'wrong_currency', currency_id: 'USD' })
    assert.include(await visit('/faults'), 'currency_id USD')
  })

  test('leads to the older of more than a page of news and of the journal', async ({ assert }) => {
    for (let made = 0; made < 101; made++) {
      await simulator.control('/notifications', {
        user_id: 1,
        data_id: `${made}`,
        url: 'http://127.0.0.1:1/',
      })
      await simulator.get('/users/me')
    }
    for (const path of ['/deliveries', '/journal']) {
      const [, older] = /href="([^"]+before=\d+)"/.exec(await visit(path))!
      const rest = await visit(older)
      const rows = rest.match(/<tr><td/g) ?? []
      assert.lengthOf(rows, 1)
    }
  }).timeout(60_000)
})
