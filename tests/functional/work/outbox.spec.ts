import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { transaction } from '#app/core/transaction'
import { addEffect, Outbox } from '#app/core/work/outbox'

const done: unknown[] = []
class Noted {
  async handle(payload: Record<string, unknown>) {
    done.push(payload)
  }
}

test.group('Outbox', () => {
  test('an effect runs after its transaction has committed', async ({ assert }) => {
    done.length = 0
    const outbox = new Outbox({ noted: Noted })
    await transaction((trx) =>
      addEffect(trx, { tenantId: null, effect: 'noted', payload: { a: 1 } })
    )
    const jobs = await outbox.claim(10)
    assert.lengthOf(jobs, 1)
    assert.lengthOf(await outbox.claim(10), 0)
    const outcome = await jobs[0].run()
    assert.equal(outcome.state, 'done')
    assert.deepEqual(done, [{ a: 1 }])
    const row = await db.from('outbox_effects').first()
    assert.equal(row.state, 'done')
  })
})
