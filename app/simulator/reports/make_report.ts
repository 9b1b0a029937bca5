import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { SECOND_MS, wireTime } from '../time.js'
import type { Report, ReportKind, ReportPlan } from './report.js'
import { defaultConfig } from './report_config.js'
import { ReportRefusal } from './report_refusal.js'
import { scheduleAfter } from './schedule.js'
import { offsetHoursOf } from './timezone.js'

export interface Period {
  beginAt: number
  endAt: number
}

/** It can be downloaded when the account's time for reports has passed. */
export function requestReport(
  sim: Simulator,
  account: Account,
  kind: ReportKind,
  period: Period,
  createdFrom: Report['createdFrom'] = 'manual',
  at = sim.clock.now()
): Report {
  const report: Report = {
    id: sim.store.nextId('report'),
    accountId: account.id,
    kind,
    siteId: siteOf(account).id,
    createdFrom,
    ...period,
    createdAt: at,
    updatedAt: at,
    dueAt: at + account.settings.report_seconds * SECOND_MS,
    fileName: null,
    config: sim.reports.plan(account.id, kind).config ?? defaultConfig(kind, account.id),
    lastSeq: 0,
  }
  sim.reports.save(report)
  return report
}

/** `release-report-1036739580-2026-11-20-093752.csv`, numbered where that is taken. */
function freeName(sim: Simulator, report: Report, at: number): string {
  const [date, time] = wireTime(at).split(/[T.]/)
  const name = `${report.config.file_name_prefix}-${date}-${time.replaceAll(':', '')}`
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? `${name}.csv` : `${name}-${count}.csv`
    if (!sim.reports.findFile(report.accountId, report.kind, candidate)) return candidate
  }
}

function finish(sim: Simulator, report: Report): void {
  const at = report.dueAt!
  report.fileName = freeName(sim, report, at)
  report.lastSeq = sim.movements.lastSeq()
  report.updatedAt = at
  report.dueAt = null
  sim.reports.save(report)
}

function runPlan(sim: Simulator, plan: ReportPlan): void {
  const { beginAt, endAt, generationAt, frequency, offsetHours } = plan.schedule!
  const account = sim.accounts.find(plan.accountId)!
  requestReport(sim, account, plan.kind, { beginAt, endAt }, 'schedule', generationAt)
  const next = scheduleAfter(frequency, offsetHours, generationAt)
  sim.reports.savePlan({ ...plan, schedule: { ...plan.schedule!, ...next } })
}

/** What was scheduled up to `now` is asked for, and what was asked for long enough ago is ready. */
export function makeDueReports(sim: Simulator, now: number): void {
  sim.store.transaction(() => {
    for (let due = sim.reports.nextPlanDue(now); due; due = sim.reports.nextPlanDue(now)) {
      runPlan(sim, due)
    }
    for (let due = sim.reports.nextDue(now); due; due = sim.reports.nextDue(now)) finish(sim, due)
  })
}

/** Switched on again, it counts by the configuration of the moment. */
export function switchScheduleOn(sim: Simulator, account: Account, kind: ReportKind): ReportPlan {
  const plan = sim.reports.plan(account.id, kind)
  const config = plan.config ?? defaultConfig(kind, account.id)
  const { frequency } = config
  const offsetHours = offsetHoursOf(config.display_timezone)
  const changedAt = sim.clock.now()
  const dates = scheduleAfter(frequency, offsetHours, changedAt)
  const id = plan.schedule?.id ?? sim.store.nextId('report')
  const switched = { ...plan, schedule: { id, changedAt, frequency, offsetHours, ...dates } }
  sim.reports.savePlan(switched)
  return switched
}

/** Returns the plan as it was. Throws ReportRefusal. */
export function switchScheduleOff(sim: Simulator, account: Account, kind: ReportKind): ReportPlan {
  const plan = sim.reports.plan(account.id, kind)
  if (!plan.schedule) {
    const path = `/account/${kind}_report/schedule`
    throw new ReportRefusal(404, 'not_found', `Resource ${path} not found.`)
  }
  sim.reports.savePlan({ ...plan, schedule: null })
  return plan
}
