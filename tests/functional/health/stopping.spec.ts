import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { freePort } from '#tests/support/free_port'
import { givenPlatformAccount } from '#tests/support/posted_money'
import { startProcess, until, type StartedProcess } from '#tests/support/processes'
import { givenWebhookSecrets, notificationOf, WEBHOOK_SECRET } from '#tests/support/webhooks'

let web: StartedProcess | undefined

async function startWeb(env: Record<string, string> = {}) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  web = startProcess('bin/server.ts', [], {
    PORT: String(port),
    APP_URL: url,
    LOG_LEVEL: 'info',
    ...env,
  })
  await web.said(/started HTTP server/)
  // Until it follows signals: 503 when it carries no worker.
  await until(async () => {
    const { ok, status } = await fetch(`${url}/health/ready`)
    return env.WORKER === 'inline' ? ok : status === 503
  })
  return url
}

/** One notification on a kept-alive connection. @returns the status, or why there was none. */
function post(url: string, agent: Agent, userId: string): Promise<number | string> {
  const { query, body, headers } = notificationOf({ userId, topic: 'unknown' })
  return new Promise((resolve) => {
    const options = { method: 'POST', agent, headers }
    const sent = request(`${url}/webhooks/mercadopago?${query}`, options, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode!))
      response.once('error', (error) => resolve(`cut: ${error.message}`))
    })
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    sent.end(body)
  })
}

test.group('A web process that is told to stop', (group) => {
  group.each.setup(() => async () => {
    await web?.kill()
  })

  test('cuts no request under load, and every 200 is stored', async ({ assert }) => {
    await givenWebhookSecrets(WEBHOOK_SECRET)
    const { collectorId } = await givenPlatformAccount()
    const url = await startWeb()
    const outcomes: (number | string)[] = []
    let closed = false
    // One connection each, kept as a load balancer keeps them: one that is opened at the very moment
    // when the server stops listening was never accepted, and may be reset.
    const client = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      while (!closed) {
        const outcome = await post(url, agent, collectorId)
        outcomes.push(outcome)
        // Nobody listens any more: this client would now be sent to another process.
        if (outcome === 'ECONNREFUSED') closed = true
      }
      agent.destroy()
    }
    const clients = Array.from({ length: 20 }, client)
    await sleep(1500)
    const code = await web!.kill('SIGTERM')
    await Promise.all(clients)

    assert.equal(code, 0, web!.output())
    const tally = Object.groupBy(outcomes, String)
    assert.sameMembers(Object.keys(tally), ['200', 'ECONNREFUSED'])
    assert.lengthOf(await WebhookEvent.query().select('id'), tally['200']!.length)
  })

  test('carries a worker that beats, and takes its heartbeat along', async ({ assert }) => {
    await startWeb({ WORKER: 'inline' })
    const code = await web!.kill('SIGTERM')
    assert.equal(code, 0)
    const { status } = await fetch(`${process.env.APP_URL}/health/ready`)
    assert.equal(status, 503)
  })

  test('says that it is not ready while it still answers', async ({ assert }) => {
    const url = await startWeb({ WORKER: 'inline' })
    const ended = web!.kill('SIGTERM')
    let seen: unknown
    await until(async () => {
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
      if (answer?.status === 503) seen = await answer.json()
      return answer === undefined || seen !== undefined
    })
    assert.deepEqual(seen, { status: 'not_ready', failed: { process: 'stopping' } })
    assert.equal(await ended, 0)
  })
})
