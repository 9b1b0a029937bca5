/** Runs `npm run demo` twice in a checkout that never ran it: demo.ts <folder>. */
import assert from 'node:assert/strict'
import { freePort } from '../../tests/support/free_port.js'
import { exitOnSignals, start, until, type Program } from './program.js'
import { Visitor } from './visitor.js'

exitOnSignals()
const folder = process.argv[2]
const [port, simulatorPort] = [String(await freePort()), String(await freePort())]

/** What it prints once all is up. */
interface Told {
  app: string
  simulator: string
  password: string
  emails: string[]
}

function told(output: string): Told {
  const found = (pattern: RegExp) => {
    const match = pattern.exec(output)
    assert.ok(match, `${pattern} is not in what it printed`)
    return match[1]
  }
  const emails = output.match(/\S+@example\.com/g) ?? []
  assert.equal(emails.length, 3)
  return {
    app: found(/^ +app +(http\S+)$/m),
    simulator: found(/^ +simulator +(http\S+)$/m),
    password: found(/the password is always (\S+?)\)/),
    emails,
  }
}

async function run(): Promise<Program & Told> {
  const args = ['run', 'demo', '--', '--port', port, '--simulator-port', simulatorPort]
  const program = start('npm', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const isUp = async () => {
    if (!program.isRunning()) await program.succeeded()
    return program.output().includes('Ctrl-C ends both')
  }
  await until(isUp, () => `The demo did not start:\n${program.output()}`)
  return { ...program, ...told(program.output()) }
}

async function end(program: Program & Told) {
  await program.interrupt()
  for (const url of [program.app, program.simulator]) await assert.rejects(fetch(url), url)
}

const first = await run()
console.log(first.output())
await new Visitor(first.simulator).page('/')
const visitors = first.emails.map(() => new Visitor(first.app))
for (const [index, visitor] of visitors.entries()) {
  await visitor.logIn(first.emails[index], first.password)
  await visitor.page('/account')
}
await end(first)

const second = await run()
for (const visitor of visitors) await visitor.page('/account')
await end(second)
console.log('the second run knew the sessions of the first')
