import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { FormKeyMissing } from '#app/core/forms/form_errors'
import { once } from '#app/core/forms/once'
import { newPublicToken } from '#app/core/ids'
import { givenUser } from '#tests/support/given'

async function submitted() {
  const { id: userId } = await givenUser()
  return { key: newPublicToken(), userId, purpose: 'payout.request' }
}

test.group('A form with a single-use key', () => {
  test('fifty identical posts at once have one effect and one result', async ({ assert }) => {
    const form = await submitted()
    let effects = 0
    const work = async () => {
      effects++
      await sleep(100)
      return `/result/${effects}`
    }
    const results = await Promise.all(Array.from({ length: 50 }, () => once(form, work)))
    assert.equal(effects, 1)
    assert.deepEqual(new Set(results), new Set(['/result/1']))
  })

  test('a later post gets the result of the first', async ({ assert }) => {
    const form = await submitted()
    await once(form, async () => '/first')
    assert.equal(await once(form, async () => '/second'), '/first')
  })

  test('work that throws frees the key for another try', async ({ assert }) => {
    const form = await submitted()
    const failing = once(form, async () => {
      throw new Error('refused')
    })
    await assert.rejects(() => failing, 'refused')
    assert.equal(await once(form, async () => '/second'), '/second')
  })

  test('of two posts at once, the second does the work when the first fails', async ({
    assert,
  }) => {
    const form = await submitted()
    let tries = 0
    const work = async () => {
      await sleep(50)
      if (++tries === 1) throw new Error('refused')
      return '/done'
    }
    const [first, second] = await Promise.allSettled([once(form, work), once(form, work)])
    assert.sameMembers([first.status, second.status], ['rejected', 'fulfilled'])
    assert.equal(tries, 2)
  })

  test('another user, another form or a made-up key gets nothing', async ({ assert }) => {
    const form = await submitted()
    await once(form, async () => '/mine')
    const { id: userId } = await givenUser()
    const foreign = { ...form, userId }
    const misused = { ...form, purpose: 'receivable.create' }
    for (const wrong of [foreign, misused, { ...form, key: '' }, { ...form, key: 'short' }]) {
      await assert.rejects(() => once(wrong, async () => '/theirs'), FormKeyMissing)
    }
    assert.lengthOf(await db.from('form_submissions'), 1)
  })
})
