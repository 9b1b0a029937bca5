import { readFileSync } from 'node:fs'
import { SITES } from './data/sites.js'
import type { Scenario } from './scenario.js'

export class BadScenario extends Error {
  constructor(file: string, reason: string) {
    super(`${file} is no scenario: ${reason}`)
  }
}

type Fields = Record<string, 'string' | 'number' | 'object'>

const APPLICATION_FIELDS: Fields = {
  client_id: 'string',
  client_secret: 'string',
  name: 'string',
  owner_id: 'number',
}

const ACCOUNT_FIELDS: Fields = {
  id: 'number',
  site_id: 'string',
  nickname: 'string',
  first_name: 'string',
  last_name: 'string',
  email: 'string',
  identification: 'object',
  corporate_name: 'string',
  access_token: 'string',
  public_key: 'string',
  client_id: 'string',
}

function faultOf(rows: unknown, fields: Fields, list: string): string | null {
  if (!Array.isArray(rows)) return `${list} is not a list`
  for (const row of rows) {
    // eslint-disable-next-line valid-typeof
    const wrong = Object.entries(fields).find(([name, type]) => typeof row?.[name] !== type)
    if (wrong) return `${wrong[0]} of one of ${list} is not a ${wrong[1]}`
  }
  return null
}

/** A text would match addresses that merely begin like it. */
function looseRedirects({ applications }: Scenario): string | null {
  const isLoose = applications.some(
    ({ redirect_uris: uris }) => uris !== undefined && !Array.isArray(uris)
  )
  return isLoose ? 'redirect_uris is not a list' : null
}

/** Throws BadScenario. */
export function readScenario(file: string): Scenario {
  let scenario: Scenario
  try {
    scenario = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new BadScenario(file, error instanceof Error ? error.message : String(error))
  }
  const fault =
    faultOf(scenario?.applications, APPLICATION_FIELDS, 'applications') ??
    faultOf(scenario?.accounts, ACCOUNT_FIELDS, 'accounts') ??
    looseRedirects(scenario) ??
    scenario.accounts.map(({ site_id: site }) => site).find((site) => !(site in SITES))
  if (fault) throw new BadScenario(file, fault)
  return scenario
}
