import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, RouteName, Routes } from '../http/router.js'
import { isObject } from '../payments/payment_request.js'
import { csvOf } from '../reports/csv.js'
import {
  requestReport,
  switchScheduleOff,
  switchScheduleOn,
  type Period,
} from '../reports/make_report.js'
import type { Report, ReportKind } from '../reports/report.js'
import { readConfig } from '../reports/report_config.js'
import { ReportRefusal } from '../reports/report_refusal.js'
import type { Simulator } from '../simulator.js'
import { parseZoned } from '../time.js'
import { authenticated } from './api_call.js'
import { configView, reportView, scheduleView } from './report_view.js'

function notFound(kind: ReportKind, name: string): ReportRefusal {
  const resource = `Resource /account/${kind}_report/${name} not found.`
  return new ReportRefusal(404, 'not_found', resource)
}

function readPeriod(body: unknown, now: number): Period {
  const { begin_date: begin, end_date: end } = isObject(body) ? body : {}
  const moment = (value: unknown, name: string) => {
    const at = typeof value === 'string' ? parseZoned(value) : null
    if (at !== null) return at
    throw new ReportRefusal(400, `invalid_${name}`, `Must specify ${name} parameter.`)
  }
  const beginAt = moment(begin, 'begin_date')
  const endAt = moment(end, 'end_date')
  if (endAt <= beginAt) {
    const message = 'Begin date should be before end date.'
    throw new ReportRefusal(400, 'end_date_before_begin_date', message)
  }
  if (endAt > now) {
    throw new ReportRefusal(400, 'invalid_end_date', 'End date should not be in the future.')
  }
  return { beginAt, endAt }
}

export function csvReply(sim: Simulator, report: Report) {
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${report.fileName}"`,
    },
    body: '',
    stream: csvOf(sim, report),
  }
}

function storeReport(kind: ReportKind, route: RouteName): Handler {
  return (sim, call) => {
    const account = authenticated(sim, call)
    const period = readPeriod(jsonBody(call), sim.clock.now())
    if (sim.faults.take('repeat_report', account.id, route)) {
      const message = 'The report could not be created: request it again with these dates.'
      return json(203, { ...(jsonBody(call) as object), message, status: 203 })
    }
    return json(202, reportView(requestReport(sim, account, kind, period)))
  }
}

function saveConfig(kind: ReportKind, isNew: boolean): Handler {
  return (sim, call) => {
    const account = authenticated(sim, call)
    const plan = sim.reports.plan(account.id, kind)
    if (isNew && plan.config) {
      throw new ReportRefusal(409, 'duplicated_id', 'The record already exists.')
    }
    if (!isNew && !plan.config) throw notFound(kind, 'config')
    const changed = { ...plan, config: readConfig(jsonBody(call), kind) }
    sim.reports.savePlan(changed)
    return json(isNew ? 201 : 200, configView(changed))
  }
}

function switchSchedule(kind: ReportKind, isOn: boolean): Handler {
  return (sim, call) => {
    const account = authenticated(sim, call)
    if (isOn) return json(200, scheduleView(switchScheduleOn(sim, account, kind), 'pending'))
    return json(200, scheduleView(switchScheduleOff(sim, account, kind), 'deleted'))
  }
}

function reading(kind: ReportKind): Record<'config' | 'list' | 'file', Handler> {
  const accountOf = (sim: Simulator, call: Call) => authenticated(sim, call).id
  return {
    config: (sim, call) => {
      const plan = sim.reports.plan(accountOf(sim, call), kind)
      if (!plan.config) throw notFound(kind, 'config')
      return json(200, configView(plan))
    },
    list: (sim, call) => json(200, sim.reports.list(accountOf(sim, call), kind).map(reportView)),
    file: (sim, call) => {
      const name = call.params.file
      const report = sim.reports.findFile(accountOf(sim, call), kind, name)
      if (!report) throw notFound(kind, name)
      return csvReply(sim, report)
    },
  }
}

function routesOf(kind: ReportKind): Routes {
  const { config, list, file } = reading(kind)
  const create = [
    `POST /v1/account/${kind}_report`,
    `POST /v1/account/${kind}_report/create`,
  ] as const
  return {
    [create[0]]: storeReport(kind, create[0]),
    [create[1]]: storeReport(kind, create[1]),
    [`POST /v1/account/${kind}_report/config`]: saveConfig(kind, true),
    [`PUT /v1/account/${kind}_report/config`]: saveConfig(kind, false),
    [`GET /v1/account/${kind}_report/config`]: config,
    [`POST /v1/account/${kind}_report/schedule`]: switchSchedule(kind, true),
    [`DELETE /v1/account/${kind}_report/schedule`]: switchSchedule(kind, false),
    [`GET /v1/account/${kind}_report/list`]: list,
    [`GET /v1/account/${kind}_report/:file`]: file,
  }
}

export const reportRoutes: Routes = { ...routesOf('release'), ...routesOf('settlement') }
