import { test } from '@japa/runner'
import { REJECTION_DETAILS } from '../../../app/simulator/data/test_cards.js'
import { chargeCard } from './card_support.js'
import { pixRequest, startTestSimulator, type TestSimulator } from './support.js'

type Step = [path: string, body?: Record<string, unknown>]

/** How each documented end is reached: what is charged, and what happens to it then. */
const LIVES: [state: string, begin: string, steps: Step[]][] = [
  ['pending/pending_waiting_payment', 'boleto', []],
  ['pending/pending_waiting_transfer', 'pix', []],
  ['pending/pending_challenge', 'pending_challenge', []],
  ['pending/pending_provider_response', 'pending_provider_response', []],
  ['in_process/pending_contingency', 'CONT', []],
  ['in_process/pending_review_manual', 'pending_review_manual', []],
  ['in_process/offline_process', 'offline_process', []],
  ['in_process/deferred_retry', 'deferred_retry', []],
  ['authorized/pending_capture', 'held', []],
  ['approved/accredited', 'boleto', [['pay']]],
  ['approved/partially_refunded', 'boleto', [['pay'], ['refunds', { amount: 1 }]]],
  [
    'approved/partially_bpp_refunded',
    'boleto',
    [['pay'], ['mediations'], ['mediations/lose', { amount: 1 }]],
  ],
  ['in_mediation/pending', 'boleto', [['pay'], ['mediations']]],
  ['cancelled/expired', 'boleto', [['expire']]],
  ['cancelled/by_collector', 'boleto', [['cancel']]],
  ['cancelled/by_payer', 'boleto', [['cancel', { by: 'payer' }]]],
  ['cancelled/by_admin', 'boleto', [['cancel', { by: 'admin' }]]],
  ['refunded/refunded', 'boleto', [['pay'], ['refunds']]],
  ['refunded/by_admin', 'boleto', [['expire'], ['pay']]],
  ['refunded/bpp_refunded', 'boleto', [['pay'], ['mediations'], ['mediations/lose']]],
  ['charged_back/in_process', 'APRO', [['chargebacks']]],
  ['charged_back/settled', 'APRO', [['chargebacks'], ['chargebacks/settle']]],
  ['charged_back/reimbursed', 'APRO', [['chargebacks'], ['chargebacks/reimburse']]],
  [
    'charged_back/bpp_covered',
    'APRO',
    [['chargebacks'], ['chargebacks/reimburse', { protected: true }]],
  ],
  [
    'charged_back/partially_bpp_covered',
    'APRO',
    [['chargebacks'], ['chargebacks/settle', { covered: 2 }]],
  ],
  ...REJECTION_DETAILS.map((detail): [string, string, Step[]] => {
    return [`rejected/${detail}`, detail, []]
  }),
]

test.group('Simulator | the states of a payment', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const begin = async (kind: string) => {
    if (kind === 'boleto') return simulator.charge()
    if (kind === 'pix') return simulator.charge(pixRequest())
    if (kind === 'held') return chargeCard(simulator, 'APRO', { capture: false })
    return chargeCard(simulator, kind)
  }

  const live = async (kind: string, steps: Step[]) => {
    const { id } = await begin(kind)
    for (const [path, body] of steps) await simulator.control(`/payments/${id}/${path}`, body)
    return simulator.payment(id)
  }

  test('reach {0}')
    .with(LIVES)
    .run(async ({ assert }, [state, kind, steps]) => {
      const payment = await live(kind, steps)
      assert.equal(`${payment.status}/${payment.status_detail}`, state)
    })

  test('take of the seller what was lost, and no more than that', async ({ assert }) => {
    const account = simulator.accounts[0].id
    const balance = async () => {
      const { body } = await simulator.get(`/_simulator/accounts/${account}/balance`)
      return Math.round((body.available + body.pending + body.blocked) * 100)
    }
    const gain = async (kind: string, steps: Step[]) => {
      const before = await balance()
      await live(kind, steps)
      return (await balance()) - before
    }
    const settings = { fees: { master: { basis_points: 0, fixed_minor: 0 } } }
    await simulator.call('PATCH', `/_simulator/accounts/${account}`, settings)
    const end = (path: string, body?: Record<string, unknown>): Step[] => {
      return [['chargebacks'], [`chargebacks/${path}`, body]]
    }
    assert.equal(await gain('APRO', end('settle')), 0)
    assert.equal(await gain('APRO', end('settle', { covered: 2 })), 2_00)
    assert.equal(await gain('APRO', end('reimburse', { protected: true })), 12_34)
    const lost: Step[] = [['mediations'], ['mediations/lose', { amount: 2 }]]
    assert.equal(await gain('APRO', lost), 10_34)
  })

  test('release what a dispute left', async ({ assert }) => {
    const { id } = await live('APRO', [['chargebacks'], ['chargebacks/settle', { covered: 2 }]])
    await simulator.control('/clock', { advance_days: 15 })
    const payment = await simulator.payment(id)
    assert.equal(payment.money_release_status, 'released')
  })

  test('do not follow from amounts that nobody could take', async ({ assert }) => {
    const { id } = await live('APRO', [['chargebacks']])
    const whole = await simulator.control(`/payments/${id}/chargebacks/settle`, { covered: 12.34 })
    assert.equal(whole.status, 400)
    const { id: other } = await live('APRO', [['mediations']])
    const more = await simulator.control(`/payments/${other}/mediations/lose`, { amount: 12.35 })
    assert.equal(more.status, 400)
    const untouched = await simulator.payment(other)
    assert.equal(untouched.status, 'in_mediation')
    const unknown = await simulator.control(`/payments/${id}/cancel`, { by: 'bank' })
    assert.equal(unknown.status, 400)
  })

  test('tell who gave the money back', async ({ assert }) => {
    const sources = ['collector', 'operator', 'admin', 'bpp', 'marketplace']
    for (const source of sources) {
      const { refunds } = await live('boleto', [['pay'], ['refunds', { source }]])
      assert.equal(refunds[0].source.type, source)
    }
  })
})
