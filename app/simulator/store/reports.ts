import type { Report, ReportKind, ReportPlan } from '../reports/report.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

function parse<T>(rows: DataRow[]): T[] {
  return rows.map((row) => JSON.parse(row.data))
}

/** Reports made and to be made, and how each account wants them. */
export class Reports {
  constructor(private store: Store) {}

  save(report: Report): void {
    this.store.run(
      `insert or replace into reports (id, account_id, kind, file_name, due_at, data)
        values (?, ?, ?, ?, ?, ?)`,
      report.id,
      report.accountId,
      report.kind,
      report.fileName,
      report.dueAt,
      JSON.stringify(report)
    )
  }

  find(id: number): Report | undefined {
    return parse<Report>(this.store.all('select data from reports where id = ?', id))[0]
  }

  findFile(accountId: number, kind: ReportKind, fileName: string): Report | undefined {
    const sql = 'select data from reports where account_id = ? and kind = ? and file_name = ?'
    return parse<Report>(this.store.all(sql, accountId, kind, fileName))[0]
  }

  /** Latest first. */
  list(accountId: number, kind: ReportKind): Report[] {
    const sql = 'select data from reports where account_id = ? and kind = ? order by id desc'
    return parse(this.store.all(sql, accountId, kind))
  }

  nextDue(now: number): Report | undefined {
    const sql = 'select data from reports where due_at <= ? order by due_at, id limit 1'
    return parse<Report>(this.store.all(sql, now))[0]
  }

  plan(accountId: number, kind: ReportKind): ReportPlan {
    const sql = 'select data from report_plans where account_id = ? and kind = ?'
    const [plan] = parse<ReportPlan>(this.store.all(sql, accountId, kind))
    return plan ?? { accountId, kind, config: null, schedule: null }
  }

  savePlan(plan: ReportPlan): void {
    this.store.run(
      'insert or replace into report_plans (account_id, kind, next_at, data) values (?, ?, ?, ?)',
      plan.accountId,
      plan.kind,
      plan.schedule?.generationAt ?? null,
      JSON.stringify(plan)
    )
  }

  nextPlanDue(now: number): ReportPlan | undefined {
    const sql = 'select data from report_plans where next_at <= ? order by next_at limit 1'
    return parse<ReportPlan>(this.store.all(sql, now))[0]
  }
}
