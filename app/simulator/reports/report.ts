import type { ReportConfig } from './report_config.js'

/** Of what became available, and of what was earned and spent whether available or not. */
export const REPORT_KINDS = ['release', 'settlement'] as const

export type ReportKind = (typeof REPORT_KINDS)[number]

/** A report that was asked for or fell due: times in ms since 1970, both ends of its period included. */
export interface Report {
  id: number
  accountId: number
  kind: ReportKind
  siteId: string
  createdFrom: 'manual' | 'schedule'
  beginAt: number
  endAt: number
  createdAt: number
  updatedAt: number
  /** When it will be ready; null once it is. */
  dueAt: number | null
  fileName: string | null
  /** As it was when the report was made: a later change leaves the file alone. */
  config: ReportConfig
  /** The last movement that it may show. */
  lastSeq: number
}

export interface Frequency {
  hour: number
  type: 'daily' | 'weekly' | 'monthly'
  /** Day of the week, Monday being 1, or of the month; the last one of a shorter month. */
  value: number
}

/** The next report that is made without anybody's asking. */
export interface Schedule {
  id: number
  beginAt: number
  endAt: number
  generationAt: number
  changedAt: number
  /** Of the day it was switched on: a changed configuration counts from the next time. */
  frequency: Frequency
  offsetHours: number
}

/** What an account wants of one kind of report. */
export interface ReportPlan {
  accountId: number
  kind: ReportKind
  /** Null as long as none was sent. */
  config: ReportConfig | null
  schedule: Schedule | null
}
