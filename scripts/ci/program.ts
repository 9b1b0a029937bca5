import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 60_000

/** A process that a signal ends stops what it has started, as one that ends by itself. */
export function exitOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130))
  }
}

/** Waits until something is true. @throws Error with the words when it does not come true. */
export async function until(holds: () => boolean | Promise<boolean>, words: () => string) {
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await sleep(100)) {
    if (await holds()) return
  }
  throw new Error(words())
}

/** A program that runs, in a process group of its own, and what it has said so far. */
export function start(program: string, args: string[], options: SpawnOptions) {
  const child = spawn(program, args, { ...options, detached: true })
  const pid = child.pid!
  const words = [program, ...args].join(' ')
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const ended = once(child, 'close').then(([code]) => code as number | null)

  const groupLives = () => {
    try {
      return process.kill(-pid, 0)
    } catch {
      return false
    }
  }
  const killGroup = () => groupLives() && process.kill(-pid, 'SIGKILL')
  process.once('exit', killGroup)

  return {
    stdin: child.stdin!,
    output: () => output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** Waits for its end. @throws Error with what it said when that is not exit code 0. */
    async succeeded() {
      const code = await ended
      if (code !== 0) throw new Error(`${words} ended with ${code}:\n${output}`)
    },
    /** To the whole group, as a terminal's Ctrl-C; all of it must end. */
    async interrupt() {
      process.kill(-pid, 'SIGINT')
      await until(
        () => !groupLives(),
        () => `${words} did not end:\n${output}`
      )
    },
    /** To it alone, as a supervisor does. */
    terminate: () => process.kill(pid, 'SIGTERM'),
  }
}

export type Program = ReturnType<typeof start>
