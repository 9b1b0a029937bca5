import { test } from '@japa/runner'
import { PLATFORM_ACCOUNT_ID, PLATFORM_CLIENT_ID } from '../../../app/simulator/main.js'
import { keyPair, moneyOf, payoutRequest, statusOf } from './payout_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

const SELLER = String(PLATFORM_ACCOUNT_ID)

test.group('Simulator | pages of money', (group) => {
  let simulator: TestSimulator
  let money: ReturnType<typeof moneyOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    money = moneyOf(simulator)
    return () => simulator.close()
  })

  async function visit(path: string): Promise<string> {
    const { body } = await simulator.get(path)
    return body
  }

  async function submit(path: string, fields: Record<string, string>) {
    const body = new URLSearchParams(fields)
    const response = await fetch(simulator.url + path, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }

  test('move what belongs to no payment, and show the balance that is left', async ({ assert }) => {
    assert.include(await visit('/money'), 'Nothing has moved yet.')
    const move = (kind: string, amount: string, fee = '') =>
      submit('/money', { seller: SELLER, kind, amount, fee })
    await move('deposit', '1000')
    const { text } = await move('withdrawal', '10,50', '3')
    assert.include(text, 'R$986.50 available')
    assert.include(text, '-R$13.50')
    const refused = await move('withdrawal', '986.51')
    assert.equal(refused.status, 409)
    const none = await move('withdrawal', 'much')
    assert.equal(none.status, 400)
    assert.equal(await money.available(), 986.5)
  })

  test('let a payout be allowed, watched and failed', async ({ assert }) => {
    const allowed = await submit(`/applications/${PLATFORM_CLIENT_ID}/payouts`, { allowed: 'yes' })
    assert.include(allowed.text, 'Refuse payouts')
    await money.move('deposit', 100)
    await money.settings({ payout_seconds: 3600 })
    const { id } = await money.sent(payoutRequest(100, '<b>po-1</b>'))
    const list = await visit('/payouts')
    assert.include(list, '&lt;b&gt;po-1&lt;/b&gt;')
    assert.include(list, 'in_process')
    const shown = await visit(`/payouts/${id}`)
    assert.include(shown, '>failed by bank</button>')
    const failed = await submit(`/payouts/${id}/outcome`, { outcome: 'failed_by_bank' })
    assert.include(failed.text, 'by_bank')
    assert.include(failed.text, 'Nothing more can happen to it.')
    assert.equal(await money.available(), 100)
  })

  test('take a public key and refuse what is none', async ({ assert }) => {
    const path = `/applications/${PLATFORM_CLIENT_ID}/payouts`
    const { pem } = keyPair()
    await submit(path, { allowed: 'yes' })
    const kept = await submit(path, { public_key: pem })
    assert.include(kept.text, pem.trim())
    assert.include(kept.text, 'Refuse payouts')
    const refused = await submit(path, { public_key: 'x' })
    assert.equal(refused.status, 400)
    const removed = await submit(path, { public_key: '' })
    assert.notInclude(removed.text, 'BEGIN PUBLIC KEY')
  })

  test('let a report be asked for and read', async ({ assert }) => {
    await money.move('deposit', 12.34)
    const now = new Date().toISOString().slice(0, 10)
    const period = { begin: now, end: now }
    const asked = await submit('/reports', { seller: SELLER, kind: 'settlement', ...period })
    assert.include(asked.text, 'ready at')
    await simulator.control('/clock', { advance_seconds: 2 })
    const file = /\/reports\/\d+\/file/.exec(await visit('/reports'))![0]
    assert.include(await visit(file), ';SETTLEMENT;12.34;BRL;')
    const late = { begin: '2020-01-02', end: '2020-01-01' }
    const refused = await submit('/reports', { seller: SELLER, kind: 'release', ...late })
    assert.equal(refused.status, 400)
  })

  test('withdraw no more than there is, but take taxes all the same', async ({ assert }) => {
    await money.move('deposit', 10)
    assert.equal(await statusOf(money.move('withdrawal', 9.99, 0.02)), 409)
    assert.equal(await statusOf(money.move('withdrawal', 9.99, 0.01)), 201)
    assert.equal(await statusOf(money.move('tax', 5)), 201)
    assert.equal(await money.available(), -5)
    assert.equal(await statusOf(money.move('gift', 5)), 400)
    assert.equal(await statusOf(money.move('tax', 0)), 400)
    assert.equal(await statusOf(money.move('tax', 0.001)), 400)
  })

  test('list the movements, and write those of no payment into the journal', async ({ assert }) => {
    await money.move('deposit', 10)
    await money.move('yield', 0.07)
    const [latest, first] = await money.movements()
    assert.deepInclude(latest, { kind: 'yield', available: 0.07, pending: 0, blocked: 0 })
    assert.deepInclude(first, { kind: 'deposit', available: 10 })
    const effects = await simulator.journal('movement.')
    assert.deepEqual(
      effects.map((entry) => [entry.effect, entry.movement_id, entry.moved_minor]),
      [
        ['movement.deposit', first.source_id, 1000],
        ['movement.yield', latest.source_id, 7],
      ]
    )
  })
})
