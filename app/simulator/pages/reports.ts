import { csvReply } from '../api/reports.js'
import { oneOf } from '../control/input.js'
import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { requestReport, type Period } from '../reports/make_report.js'
import { REPORT_KINDS, type Report } from '../reports/report.js'
import { isoTime, parseZoned } from '../time.js'
import { moment, page } from './layout.js'
import { markup, type Piece } from './markup.js'
import { sellerOf } from './money.js'
import { chosenSeller, sellerChoice } from './sellers.js'
import { table, type Column } from './table.js'

const COLUMNS: Column[] = ['Report', ['From', 'when'], ['To', 'when'], 'Made', 'File']

function row(report: Report): Piece[] {
  const file =
    report.fileName === null
      ? markup`<span class="soft">ready at ${moment(report.dueAt)}</span>`
      : markup`<a href="/reports/${report.id}/file">${report.fileName}</a>`
  return [report.kind, moment(report.beginAt), moment(report.endAt), report.createdFrom, file]
}

function form(seller: number, now: number) {
  const day = (at: number) => isoTime(at).slice(0, 10)
  const kinds = REPORT_KINDS.map((kind) => markup`<option>${kind}</option>`)
  return markup`<form class="card row" method="post" action="/reports">
<input type="hidden" name="seller" value="${seller}">
<label>Report <br><select name="kind">${kinds}</select></label>
<label>From the beginning of (UTC) <br><input type="date" name="begin" required
value="${day(now)}"></label>
<label>until the end of, or now <br><input type="date" name="end" required value="${day(now)}">
</label><button>Ask for this report</button></form>`
}

export const listReportsPage: Handler = (sim, call) => {
  const seller = chosenSeller(sim, call)
  const reports = REPORT_KINDS.flatMap((kind) => sim.reports.list(seller, kind))
  const latest = reports.sort((one, other) => other.id - one.id)
  const none = markup`<p class="notice">No report was asked for yet.</p>`
  return page(
    'Reports',
    '/reports',
    markup`${sellerChoice(sim, '/reports', seller)}
<p>Release tells what became available or left, settlement what was earned or spent whether it is
available or not.</p>${form(seller, sim.clock.now())}${latest.length > 0 ? table(COLUMNS, latest.map(row)) : none}`
  )
}

function readPeriod(input: URLSearchParams, now: number): Period {
  const beginAt = parseZoned(`${input.get('begin')}T00:00:00Z`)
  const endAt = parseZoned(`${input.get('end')}T23:59:59Z`)
  if (beginAt === null || endAt === null) throw new Problem(400, 'choose two dates')
  if (endAt <= beginAt || beginAt > now) throw new Problem(400, 'choose a period that has begun')
  return { beginAt, endAt: Math.min(endAt, now) }
}

export const storeReportPage: Handler = (sim, call) => {
  const input = formBody(call)
  const account = sellerOf(sim, Number(input.get('seller')))
  const kind = oneOf({ kind: input.get('kind') }, 'kind', REPORT_KINDS) ?? 'release'
  requestReport(sim, account, kind, readPeriod(input, sim.clock.now()))
  return redirect(`/reports?seller=${account.id}`)
}

export const showReportFile: Handler = (sim, call) => {
  const report = sim.reports.find(Number(call.params.id))
  if (!report?.fileName) throw new Problem(404, `there is no file of report ${call.params.id}`)
  return csvReply(sim, report)
}
