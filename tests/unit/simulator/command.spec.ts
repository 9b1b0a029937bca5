import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from '@japa/runner'
import { describeStartFailure } from '../../../app/simulator/main.js'
import { aceProcess } from '#tests/support/ace_process'
import { pixRequest, startTestSimulator } from './support.js'

function command(...flags: string[]): ChildProcess {
  return spawn(process.execPath, ['bin/ace.mjs', 'simulator', ...flags])
}

/** The line of JSON that it prints once it answers. */
async function started(child: ChildProcess) {
  const [line] = await once(createInterface({ input: child.stdout! }), 'line')
  return JSON.parse(line) as { url: string; accounts: { access_token: string }[] }
}

async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal)
  const [code] = await once(child, 'exit')
  return code
}

test.group('Simulator | the command', () => {
  test('says what it does and how', async ({ assert }) => {
    const { ended } = aceProcess('simulator', '--help')
    const { exitCode, stdout } = await ended
    assert.equal(exitCode, 0)
    for (const flag of ['port', 'host', 'file', 'memory', 'scenario', 'app-url', 'json']) {
      assert.include(stdout, `--${flag}`)
    }
    assert.include(stdout, '--scenario=docs/examples/scenario.json')
  }).timeout(60_000)

  test('says in a sentence that its port is taken', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { ended } = aceProcess('simulator', `--port=${simulator.port}`, '--memory')
    const { exitCode, stderr } = await ended
    assert.equal(exitCode, 1)
    const sentence = `Port ${simulator.port} is taken: stop what listens there or choose another with --port.`
    assert.equal(stderr.trim(), `[ error ] ${sentence}`)
  }).timeout(60_000)

  test('keeps all of its state when it is killed, and goes on with it', async ({
    assert,
    cleanup,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    const flags = ['--port=0', '--json', `--file=${join(folder, 'state.sqlite3')}`]
    const first = command(...flags)
    cleanup(async () => {
      first.kill('SIGKILL')
      await rm(folder, { recursive: true })
    })
    const before = await started(first)
    const headers = {
      'authorization': `Bearer ${before.accounts[0].access_token}`,
      'x-idempotency-key': 'kept',
    }
    const charge = async (url: string): Promise<any> => {
      const body = JSON.stringify(pixRequest())
      const answer = await fetch(`${url}/v1/payments`, { method: 'POST', headers, body })
      return answer.json()
    }
    const control = async (url: string, path: string, body?: unknown): Promise<any> => {
      const asked = body ? { method: 'POST', body: JSON.stringify(body) } : {}
      const answer = await fetch(`${url}/_simulator${path}`, asked)
      return answer.json()
    }
    const payment = await charge(before.url)
    const moved = await control(before.url, '/clock', { advance_days: 3 })
    await control(before.url, '/faults', { kind: 'latency', ms: 1 })
    await killed(first, 'SIGKILL')

    const second = command(...flags)
    cleanup(() => void second.kill('SIGKILL'))
    const after = await started(second)
    const again = await charge(after.url)
    assert.equal(again.id, payment.id)
    const { now } = await control(after.url, '/clock')
    assert.isAtLeast(Date.parse(now), Date.parse(moved.now))
    assert.lengthOf(await control(after.url, '/faults'), 1)
    const deliveries = await control(after.url, '/deliveries')
    assert.isAbove(deliveries.length, 0)
    assert.equal(await killed(second, 'SIGTERM'), 0)
  }).timeout(60_000)

  test('says in a sentence why it does not start', ({ assert }) => {
    const asked = { port: 80, host: 'somewhere', file: '/a/b' }
    const said = (code: string, syscall?: string) =>
      describeStartFailure(Object.assign(new Error('raw'), { code, syscall }), asked)
    assert.include(said('EACCES', 'listen'), 'Port 80 may not be used')
    assert.include(said('EACCES', 'mkdir'), '/a/b cannot be written')
    assert.include(said('EADDRNOTAVAIL'), 'no address somewhere')
    assert.include(said('ERR_SOCKET_BAD_PORT'), 'There is no port 80')
    assert.include(said('SQLITE_NOTADB'), "/a/b is something else than a simulator's state")
    assert.equal(said('ELSE'), 'raw')
  })
})
