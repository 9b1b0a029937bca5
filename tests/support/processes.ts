import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WAIT_MS = 30_000

/** A program of ours in a process of its own, on the database of this test run. */
export function startProcess(file: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import=@poppinss/ts-exec', file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const ended = once(child, 'exit').then(([code]) => code as number | null)

  /** Waits until it has said something that matches. */
  async function said(pattern: RegExp): Promise<string> {
    for (const giveUpAt = Date.now() + WAIT_MS; Date.now() < giveUpAt; await sleep(20)) {
      const match = pattern.exec(output)
      if (match) return match[0]
      if (child.exitCode !== null) break
    }
    throw new Error(`It never said ${pattern}:\n${output}`)
  }

  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    return ended
  }
  return { pid: child.pid!, said, kill, ended, output: () => output }
}

export type StartedProcess = ReturnType<typeof startProcess>

/** Waits until something holds. @throws Error when it does not in time. */
export async function until(holds: () => Promise<boolean>, withinMs = WAIT_MS) {
  for (const giveUpAt = Date.now() + withinMs; Date.now() < giveUpAt; await sleep(50)) {
    if (await holds()) return
  }
  throw new Error('It did not come true in time')
}
