import { readFileSync } from 'node:fs'
import { checked } from './control/input.js'
import { Problem } from './control/problem.js'
import type { Scenario, ScenarioAccount, ScenarioApplication } from './scenario.js'
import { readScenarioAccount, readScenarioApplication } from './scenario_rows.js'

export class BadScenario extends Error {
  constructor(file: string, reason: string) {
    super(`${file} is no scenario: ${reason}`)
  }
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new Problem(400, `${name} is not a list`)
  return value
}

/** Says of which row a complaint is. */
function rows<Row>(
  value: unknown,
  name: string,
  read: (row: unknown, index: number) => Row
): Row[] {
  return list(value, name).map((row, index) => {
    try {
      return read(row, index)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      throw new Problem(400, `${name}[${index}]: ${error.message}`)
    }
  })
}

function requireDifferent(values: (string | number)[], what: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) throw new Problem(400, `${what} ${twice} stands there twice`)
}

function check(accounts: ScenarioAccount[], applications: ScenarioApplication[]): void {
  if (accounts.length === 0) throw new Problem(400, 'accounts is empty: somebody has to sell')
  requireDifferent(
    accounts.map(({ id }) => id),
    'the account'
  )
  for (const name of ['access_token', 'public_key', 'email'] as const) {
    const values = accounts.map((account) => account[name])
    requireDifferent(values, `the ${name}`)
  }
  requireDifferent(
    applications.map(({ client_id: id }) => id),
    'the application'
  )
  const ids = accounts.map(({ id }) => id)
  for (const { client_id: id, owner_id: owner } of applications) {
    if (!ids.includes(owner))
      throw new Problem(400, `${owner}, who owns ${id}, is no account of it`)
  }
}

/** What is left out is made up, the same each time. Throws Problem. */
function scenarioOf(content: unknown): Scenario {
  const known = ['applications', 'accounts']
  const { applications: apps = [], accounts: people } = checked(content, known, 'the file')
  const applications = rows(apps, 'applications', readScenarioApplication)
  const accounts = rows(people, 'accounts', (row, index) =>
    readScenarioAccount(row, index, applications)
  )
  check(accounts, applications)
  return { applications, accounts }
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `it is not JSON (${error.message.split('\n')[0]})`
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'there is no such file' : message
}

/** Throws BadScenario. */
export function readScenario(file: string): Scenario {
  try {
    return scenarioOf(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new BadScenario(file, reasonOf(error))
  }
}
