import db from '@adonisjs/lucid/services/db'
import { missingTriggers } from '#app/core/database/append_only'
import {
  ledgerChecks,
  runCheck,
  type CheckResult,
  type LedgerCheck,
} from '#app/ledger/queries/ledger_checks'

export interface VerifyReport {
  isSound: boolean
  checks: CheckResult[]
}

/**
 * Proves the books: runs every check, whatever the ones before it found.
 * @param more what modules above this one want to hold, too
 */
export async function verification(more: LedgerCheck[] = []): Promise<VerifyReport> {
  const client = db.connection()
  const checks: CheckResult[] = []
  for (const check of [...ledgerChecks, ...more]) checks.push(await runCheck(client, check))
  const missing = await missingTriggers(client)
  checks.push({
    name: 'triggers_exist',
    offences: missing.length,
    rows: missing.map((trigger) => ({ trigger })),
  })
  return { isSound: checks.every(({ offences }) => offences === 0), checks }
}
