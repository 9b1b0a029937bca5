import { Writable } from 'node:stream'
import { test } from '@japa/runner'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { describeError, redactedPaths } from '#app/core/redaction'
import { givenUser } from '#tests/support/given'

const CANARY = 'canary-5f0c'

test.group('Redaction', () => {
  test('no secret of a record reaches the log, at the top or below', ({ assert }) => {
    let written = ''
    const sink = new Writable({
      write(chunk, _encoding, done) {
        written += chunk
        done()
      },
    })
    const redact = { paths: redactedPaths, censor: '[redacted]' }
    const logger = new Logger({ enabled: true, level: 'info', redact, destination: sink })

    const secrets = { password: CANARY, access_token: CANARY, taxId: CANARY, authorization: CANARY }
    logger.info({ ...secrets, user: secrets, request: { headers: secrets } }, 'hello')
    assert.include(written, 'hello')
    assert.notInclude(written, CANARY)
  })

  test("a database's error is told without the values of the query", async ({ assert }) => {
    const email = `${CANARY}@example.com`
    await givenUser({ email })
    const error = await givenUser({ email }).catch((caught: unknown) => caught)
    const told = JSON.stringify(describeError(error))

    assert.include(told, 'DatabaseError')
    assert.notInclude(told, CANARY)
  })

  test('a failure of its driver names no value either', async ({ assert }) => {
    const unbindable = Object.create(null) as string
    const query = db.rawQuery('select ? || ?', [CANARY, unbindable])
    const error = await query.catch((caught: unknown) => caught)
    assert.notInclude(JSON.stringify(describeError(error)), CANARY)
    assert.notInclude(String((error as Error).stack), CANARY)
  })

  test('any other error keeps its message', ({ assert }) => {
    assert.include(describeError(new TypeError('no such thing')), {
      name: 'TypeError',
      message: 'no such thing',
    })
    assert.deepEqual(describeError('text'), { message: 'not an Error' })
  })
})
