import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface AceResult {
  /** Null when a signal ended it. */
  exitCode: number | null
  stdout: string
  stderr: string
}

/** An ace command in a process of its own, on the database of this test run. */
export function aceProcess(...args: string[]) {
  const child = spawn(process.execPath, ['bin/ace.mjs', ...args], { cwd: ROOT })
  const result: AceResult = { exitCode: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (result.stdout += chunk))
  child.stderr.on('data', (chunk) => (result.stderr += chunk))
  const ended = new Promise<AceResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ ...result, exitCode }))
  })
  return { ended, kill: () => child.kill('SIGKILL') }
}
