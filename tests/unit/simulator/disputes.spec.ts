import { test } from '@japa/runner'
import {
  FOREIGN_ACCESS_TOKEN,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_ACCESS_TOKEN,
} from '../../../app/simulator/main.js'
import { chargeCard } from './card_support.js'
import { bearer } from './oauth_support.js'
import {
  bodyOf,
  pixRequest,
  startReceiver,
  startTestSimulator,
  statusOf,
  type TestSimulator,
} from './support.js'

const PDF = '%PDF-1.7 proof'

/** A form with files as a browser or curl sends it. */
async function upload(
  simulator: TestSimulator,
  id: string,
  files: [name: string, content: string | Uint8Array<ArrayBuffer>][],
  token: string = PLATFORM_ACCESS_TOKEN
) {
  const form = new FormData()
  for (const [name, content] of files) form.append('files[]', new Blob([content]), name)
  const url = `${simulator.url}/v1/chargebacks/${id}/documentation`
  const response = await fetch(url, { method: 'POST', headers: bearer(token), body: form })
  return { status: response.status, body: (await response.json()) as any }
}

test.group('Simulator | chargebacks', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const open = async (terms: Record<string, unknown> = {}) => {
    const { id: paymentId } = await chargeCard(simulator)
    await simulator.control(`/payments/${paymentId}/chargebacks`, terms)
    const { body } = await simulator.get(`/v1/chargebacks/search?payment_id=${paymentId}`)
    const [chargeback] = body.results
    return { paymentId: Number(paymentId), chargeback }
  }
  const read = (id: string) => bodyOf(simulator.get(`/v1/chargebacks/${id}`))

  test('are read with every documented field', async ({ assert }) => {
    const { paymentId, chargeback } = await open()
    const { id, date_created: created, date_last_updated: updated, ...rest } = chargeback
    assert.isString(id)
    assert.match(id, /^217\d{15}$/)
    assert.notEqual(String(Number(id)), id)
    assert.match(created, /-04:00$/)
    assert.equal(updated, created)
    assert.match(rest.date_documentation_deadline, /T23:59:59\.000-04:00$/)
    const days = (Date.parse(rest.date_documentation_deadline) - Date.parse(created)) / 86_400_000
    assert.isTrue(days >= 10 && days < 11)
    assert.deepEqual(rest, {
      payments: [paymentId],
      currency: 'BRL',
      amount: 12.34,
      reason: 'general',
      coverage_applied: null,
      coverage_elegible: true,
      documentation_required: true,
      documentation_status: 'pending',
      documentation: [],
      date_documentation_deadline: rest.date_documentation_deadline,
      live_mode: true,
      payment_id: paymentId,
      status: 'new',
      currency_id: 'BRL',
      reason_id: 'general',
      last_modified: created,
    })
    assert.deepEqual(await read(id), chargeback)
    assert.deepEqual(await read(String(paymentId)), chargeback)
  })

  test('are found by payment, and only by their seller', async ({ assert }) => {
    const { chargeback } = await open()
    await open()
    const all = await simulator.get('/v1/chargebacks/search?limit=1')
    assert.deepEqual(all.body.paging, { total: 2, limit: 1, offset: 0 })
    const headers = bearer(FOREIGN_ACCESS_TOKEN)
    const foreign = await simulator.call('GET', '/v1/chargebacks/search', undefined, headers)
    assert.equal(foreign.body.paging.total, 0)
    const path = `/v1/chargebacks/${chargeback.id}`
    assert.equal(await statusOf(simulator.call('GET', path, undefined, headers)), 404)
    const { status } = await upload(
      simulator,
      chargeback.id,
      [['a.pdf', PDF]],
      FOREIGN_ACCESS_TOKEN
    )
    assert.equal(status, 404)
    const wrong = await simulator.get('/v1/chargebacks/search?payment_id=x')
    assert.equal(wrong.status, 400)
  })

  test('take documents, which can be read again', async ({ assert }) => {
    const { chargeback } = await open()
    const { status, body } = await upload(simulator, chargeback.id, [
      ['proof.PDF', PDF],
      ['photo.png', Buffer.from('89504e470d0a1a0a', 'hex')],
    ])
    assert.equal(status, 200)
    assert.equal(body.documentation_status, 'review_pending')
    assert.deepEqual(
      body.documentation.map(({ type, description }: any) => [type, description]),
      [
        ['application/pdf', 'File: proof.PDF'],
        ['image/png', 'File: photo.png'],
      ]
    )
    const url = body.documentation[0].url
    const file = await fetch(url, { headers: bearer(PLATFORM_ACCESS_TOKEN) })
    assert.equal(await file.text(), PDF)
    const foreign = await fetch(url, { headers: bearer(FOREIGN_ACCESS_TOKEN) })
    assert.equal(foreign.status, 404)
  })

  test('refuse what is no document, and more than ten megabytes of them', async ({ assert }) => {
    const { chargeback } = await open()
    const refused = async (name: string, content: string | Uint8Array<ArrayBuffer>) => {
      const { status } = await upload(simulator, chargeback.id, [[name, content]])
      return status
    }
    const megabytes = (count: number) => {
      const bytes = new Uint8Array(count * 1024 * 1024)
      bytes.set(Buffer.from(PDF))
      return bytes
    }
    assert.equal(await refused('a.exe', PDF), 400)
    assert.equal(await refused('a.png', PDF), 400)
    assert.equal(await refused('a.pdf', ''), 400)
    assert.equal(await refused('a.pdf', megabytes(10.5)), 400)
    assert.equal(await refused('a.pdf', megabytes(12)), 413)
    const empty = await upload(simulator, chargeback.id, [])
    assert.equal(empty.status, 400)
    const noForm = await simulator.call(
      'POST',
      `/v1/chargebacks/${chargeback.id}/documentation`,
      {}
    )
    assert.equal(noForm.status, 400)
    assert.equal(await refused('a.pdf', megabytes(6)), 200)
    assert.equal(await refused('b.pdf', megabytes(5)), 400)
    assert.equal(await refused('b.pdf', PDF), 200)
  })

  test('want documents until their deadline, and no later', async ({ assert }) => {
    const { chargeback } = await open()
    const deadline = Date.parse(chargeback.date_documentation_deadline)
    await simulator.control('/clock', { now: new Date(deadline - 60_000).toISOString() })
    const before = await read(chargeback.id)
    assert.equal(before.documentation_status, 'pending')
    await simulator.control('/clock', { advance_seconds: 61 })
    const after = await read(chargeback.id)
    assert.equal(after.documentation_status, 'not_supplied')
    assert.equal(after.date_last_updated, chargeback.date_documentation_deadline)
    const { status, body } = await upload(simulator, chargeback.id, [['a.pdf', PDF]])
    assert.deepEqual([status, body.error], [400, 'bad_request'])
    assert.include(body.message, 'deadline')
  })

  test('that are documented stay so when the deadline passes', async ({ assert }) => {
    const { chargeback } = await open()
    await upload(simulator, chargeback.id, [['a.pdf', PDF]])
    await simulator.control('/clock', { advance_days: 12 })
    const after = await read(chargeback.id)
    assert.equal(after.documentation_status, 'review_pending')
  })

  test('end covered or not, and say what the documents were worth', async ({ assert }) => {
    for (const [documented, decision, covered, status] of [
      [true, 'reimburse', true, 'valid'],
      [true, 'settle', false, 'invalid'],
      [false, 'settle', false, 'not_supplied'],
      [false, 'reimburse', true, 'not_supplied'],
    ] as const) {
      const { paymentId, chargeback } = await open()
      if (documented) await upload(simulator, chargeback.id, [['a.pdf', PDF]])
      await simulator.control(`/payments/${paymentId}/chargebacks/${decision}`)
      const after = await read(chargeback.id)
      assert.equal(after.coverage_applied, covered)
      assert.equal(after.documentation_status, status)
      const closed = await upload(simulator, chargeback.id, [['b.pdf', PDF]])
      assert.equal(closed.status, 400)
    }
  })

  test('ask nothing of a seller whose Pix is taken back', async ({ assert }) => {
    const { body: pix } = await simulator.post('/v1/payments', pixRequest())
    await simulator.control(`/payments/${pix.id}/pay`)
    const { body: payment } = await simulator.control(`/payments/${pix.id}/chargebacks`)
    assert.deepEqual([payment.status, payment.status_detail], ['charged_back', 'in_process'])
    const chargeback = await read(String(pix.id))
    assert.deepInclude(chargeback, {
      reason: 'pix_clawback',
      coverage_elegible: false,
      documentation_required: false,
      documentation_status: 'not_applicable',
      date_documentation_deadline: null,
    })
    const { status } = await upload(simulator, chargeback.id, [['a.pdf', PDF]])
    assert.equal(status, 400)
  })

  test('are opened on the terms that were asked for', async ({ assert }) => {
    const terms = { reason: 'fraud', coverage_eligible: false, documentation_required: false }
    const { chargeback } = await open(terms)
    assert.deepInclude(chargeback, {
      reason: 'fraud',
      coverage_elegible: false,
      documentation_status: 'not_applicable',
    })
    const { id } = await chargeCard(simulator)
    const wrong = await simulator.control(`/payments/${id}/chargebacks`, { reason: 'whim' })
    assert.equal(wrong.status, 400)
  })
})

test.group('Simulator | news of disputes', () => {
  test('of a chargeback carries its id as a number that no number holds', async ({
    assert,
    cleanup,
  }) => {
    const bodies: string[] = []
    const receiver = await startReceiver(
      () => 200,
      (text) => bodies.push(text)
    )
    const simulator = await startTestSimulator({ appUrl: receiver.url })
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    const { id: paymentId } = await chargeCard(simulator)
    await simulator.control(`/payments/${paymentId}/chargebacks`)
    const { body: chargeback } = await simulator.get(`/v1/chargebacks/${paymentId}`)
    await upload(simulator, chargeback.id, [['a.pdf', PDF]])
    await simulator.control(`/payments/${paymentId}/chargebacks/reimburse`)

    const told = receiver.received
      .map(({ url, body }, index) => ({ url, body, text: bodies[index] }))
      .filter(({ url }) => url.searchParams.get('type') === 'topic_chargebacks_wh')
    assert.lengthOf(told, 3)
    const { url, body, text } = told[0]
    assert.equal(url.searchParams.get('data.id'), chargeback.id)
    assert.include(text, `"id":${chargeback.id},`)
    assert.notInclude(text, `"${chargeback.id}"`)
    assert.notProperty(body, 'action')
    assert.deepInclude(body, {
      actions: ['changed_case_status'],
      api_version: 'v1',
      live_mode: true,
      type: 'topic_chargebacks_wh',
      user_id: PLATFORM_ACCOUNT_ID,
    })
    assert.deepInclude(body.data, { payment_id: paymentId, site_id: 'MLB', checkout: 'PRO' })
    const effects = await simulator.journal('chargeback.')
    assert.deepEqual(
      effects.map(({ effect }) => effect),
      ['chargeback.opened', 'chargeback.documented', 'chargeback.reimbursed']
    )
    assert.equal(effects[0].chargeback_id, chargeback.id)
  })

  test('of a mediation leads to a claim, open and then closed', async ({ assert, cleanup }) => {
    const receiver = await startReceiver()
    const simulator = await startTestSimulator({ appUrl: receiver.url })
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    for (const [decision, benefited] of [
      ['win', 'respondent'],
      ['lose', 'complainant'],
    ]) {
      const { id: paymentId } = await chargeCard(simulator)
      receiver.received.length = 0
      await simulator.control(`/payments/${paymentId}/mediations`, { reason_id: 'PDD1' })
      const [{ url, body }] = receiver.received.filter(
        ({ body: { type } }) => type === 'topic_claims_integration_wh'
      )
      const claimId = url.searchParams.get('data.id')
      assert.equal(body.data.resource, `/post-purchase/v1/claims/${claimId}`)
      assert.deepEqual(body.actions, ['created'])
      const { body: claim } = await simulator.get(body.data.resource)
      const { date_created: created, last_updated: updated, players, ...rest } = claim
      assert.match(created, /-04:00$/)
      assert.equal(updated, created)
      assert.deepEqual(
        players.map(({ role, type }: any) => [role, type]),
        [
          ['complainant', 'payer'],
          ['respondent', 'collector'],
        ]
      )
      assert.deepEqual(rest, {
        id: Number(claimId),
        resource_id: paymentId,
        status: 'opened',
        type: 'mediations',
        stage: 'dispute',
        parent_id: null,
        resource: 'payment',
        reason_id: 'PDD1',
        fulfilled: true,
        quantity_type: 'total',
        resolution: null,
        site_id: 'MLB',
      })
      await simulator.control(`/payments/${paymentId}/mediations/${decision}`)
      const { body: closed } = await simulator.get(body.data.resource)
      assert.equal(closed.status, 'closed')
      assert.deepInclude(closed.resolution, { decision: [{ benefited }], closed_by: 'mediator' })
      const headers = bearer(FOREIGN_ACCESS_TOKEN)
      const foreign = simulator.call('GET', body.data.resource, undefined, headers)
      assert.equal(await statusOf(foreign), 404)
    }
  })
})
