import type { Movement } from '../balance/movement.js'
import type { Parts } from '../balance/parts.js'
import type { Report } from './report.js'

/** One line before it is text; amounts in minor units. */
export interface Line {
  report: Report
  at: number
  recordType: string
  description: string
  parts: Parts
  creditMinor: number
  debitMinor: number
  /** What is available once this has happened. */
  balanceMinor: number
  /** Null for lines that only state a balance. */
  movement: Movement | null
}
