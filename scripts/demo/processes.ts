import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { DemoRefused } from './settings.js'

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 15_000

type Env = Record<string, string | undefined>

/** @throws DemoRefused with the way out when somebody listens there already. */
export async function assertFree(port: number, flag: string) {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch {
    throw new DemoRefused(
      `Port ${port} is taken: stop what listens there, or choose another one: npm run demo -- ${flag} ${port + 1}`
    )
  }
  server.close()
  await once(server, 'close')
}

/** Starts a program whose words are kept, and shown only if it fails. */
function quietly(args: string[], env: Env) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output = (output + chunk).slice(-8000)))
  child.stderr.on('data', (chunk) => (output = (output + chunk).slice(-8000)))
  return { child, output: () => output.trim() }
}

/** Runs a program to its end. @throws DemoRefused with what it said when it fails. */
export async function run(args: string[], env: Env) {
  const { child, output } = quietly(args, env)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new DemoRefused(output())
}

/** Starts a program that stays, and waits until its address answers. @throws DemoRefused */
export async function start(args: string[], env: Env, url: string): Promise<ChildProcess> {
  const { child, output } = quietly(args, env)
  const giveUpAt = Date.now() + START_TIMEOUT_MS
  while (child.exitCode === null && Date.now() < giveUpAt) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) {
      child.stdout?.pipe(process.stdout)
      child.stderr?.pipe(process.stderr)
      return child
    }
    await sleep(100)
  }
  child.kill()
  throw new DemoRefused(output() || `Nothing answered at ${url} within a minute.`)
}

/** Ends it as a terminal would, and by force when it does not listen. */
export async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(forced)
}
