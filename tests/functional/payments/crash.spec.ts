import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { postingChecks } from '#app/payments/queries/posting_checks'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { bucketsOf, givenWebhookSecret, postings } from '#tests/support/money'
import { isLong } from '#tests/support/property'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Drains in another process. @param dieAt it dies before this statement; 0 never */
async function drainElsewhere(dieAt = 0) {
  const args = ['--import=@poppinss/ts-exec', 'tests/support/drain_process.ts', String(dieAt)]
  const child = spawn(process.execPath, args, { cwd: ROOT })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
  if (signal !== 'SIGKILL' && child.exitCode !== 0) throw new Error(errors)
  return { wasKilled: signal === 'SIGKILL', statements: Number(output) }
}

/** What time does: the leases of the dead run out. */
const letLeasesRunOut = () => db.from('webhook_events').update({ leased_until: null })

/** A payment of which everything is news at once: approval, refund in part, dispute, its end. */
async function givenEventfulBoleto() {
  const tenant = await givenSeller()
  const { charge, receivable } = await givenBoleto(tenant)
  await simulator.fault({ kind: 'drop', times: 3 })
  await simulator.pay(charge.providerPaymentId!)
  const path = `/payments/${charge.providerPaymentId}`
  await simulator.control('POST', `${path}/refunds`, { amount: 50 })
  await simulator.control('POST', `${path}/chargebacks`, {})
  await simulator.control('DELETE', '/faults')
  await simulator.control('POST', `${path}/chargebacks/settle`, {})
  await simulator.flush()
  return { tenant, charge, receivable }
}

async function assertSound(assert: { deepEqual: Function }) {
  const { checks } = await new VerifyLedger().handle(postingChecks)
  assert.deepEqual(
    checks.filter(({ offences }) => offences > 0),
    []
  )
}

test.group('A worker that is killed', (group) => {
  group.each.setup(givenWebhookSecret)

  test('between any two steps of settling posts everything once in the end', async ({ assert }) => {
    await givenEventfulBoleto()
    const { statements } = await drainElsewhere()
    assert.isAbove(statements, 20)
    const every = Array.from({ length: statements }, (_, index) => index + 1)
    const points = every.filter((point) => isLong || point === statements || Math.random() < 0.15)
    console.log(`      killed before statement ${points.join(', ')} of ${statements}`)

    for (const point of points) {
      const { tenant, charge, receivable } = await givenEventfulBoleto()
      const before = Object.keys(await postings()).length
      const { wasKilled } = await drainElsewhere(point)
      assert.isTrue(wasKilled, `statement ${point}`)
      const after = Object.keys(await postings()).length
      assert.include([before, before + 4], after, `half a settlement at ${point}`)
      await letLeasesRunOut()
      await drainWork()
      assert.lengthOf(Object.keys(await postings()), before + 4, `statement ${point}`)
      assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
      await charge.refresh()
      await receivable.refresh()
      assert.equal(charge.state, 'charged_back')
      assert.equal(receivable.state, 'charged_back')
      assert.lengthOf(await WebhookEvent.query().where('state', 'received'), 0)
    }
    await assertSound(assert)
  }).timeout(0)

  test('at a random moment beside others loses and doubles nothing', async ({ assert }) => {
    const tenant = await givenSeller()
    const charges = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { charge } = await givenBoleto(tenant)
        return charge
      })
    )
    await simulator.fault({ kind: 'duplicate', copies: 2 })
    for (const { providerPaymentId } of charges) await simulator.pay(providerPaymentId!)
    await simulator.flush()
    await Promise.all([
      drainElsewhere(20 + Math.trunc(Math.random() * 60)),
      drainElsewhere(20 + Math.trunc(Math.random() * 60)),
      drainElsewhere(),
    ])
    await letLeasesRunOut()
    await drainWork()
    assert.lengthOf(Object.keys(await postings()), 12)
    assert.deepEqual(await bucketsOf(tenant), [12 * 14_501, 0, 0])
    await assertSound(assert)
  }).timeout(120_000)
})
