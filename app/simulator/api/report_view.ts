import { SITES } from '../data/sites.js'
import type { Report, ReportPlan } from '../reports/report.js'
import { isoTime, wireTime } from '../time.js'

/** `2019-05-01T00:00:00Z`: periods come and go in UTC, to the second. */
function periodTime(at: number): string {
  return isoTime(at).replace(/\.\d+Z$/, 'Z')
}

export function reportView(report: Report) {
  return {
    id: report.id,
    account_id: report.accountId,
    user_id: report.accountId,
    begin_date: periodTime(report.beginAt),
    end_date: periodTime(report.endAt),
    created_from: report.createdFrom,
    currency_id: SITES[report.siteId].currencyId,
    date_created: wireTime(report.createdAt),
    file_name: report.fileName,
    format: 'CSV',
    generation_date: wireTime(report.updatedAt),
    internal_management: [],
    is_reserve: false,
    is_test: false,
    last_modified: wireTime(report.updatedAt),
    report_id: report.id,
    retries: 0,
    status: report.dueAt === null ? 'processed' : 'pending',
    sub_type: report.kind,
  }
}

export function configView(plan: ReportPlan) {
  return { ...plan.config, scheduled: plan.schedule !== null }
}

export function scheduleView(plan: ReportPlan, status: 'pending' | 'deleted') {
  const schedule = plan.schedule!
  return {
    id: schedule.id,
    user_id: plan.accountId,
    begin_date: periodTime(schedule.beginAt),
    end_date: periodTime(schedule.endAt),
    created_from: 'schedule',
    status,
    report_type: plan.kind,
    generation_date: isoTime(schedule.generationAt),
    last_modified: wireTime(schedule.changedAt),
    retries: 0,
  }
}
