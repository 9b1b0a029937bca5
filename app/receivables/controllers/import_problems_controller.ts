import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import type { I18n } from '@adonisjs/i18n'
import { requestedImport } from '#app/receivables/controllers/requested_import'
import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'
import { problemText } from '#app/receivables/imports/problem_text'
import type ImportRun from '#app/receivables/models/import_run'
import { allBadLines } from '#app/receivables/queries/imports'

/** Every bad line with its reasons, to be put right beside the file. */
export default class ImportProblemsController {
  async index(ctx: HttpContext) {
    const { run } = await requestedImport(ctx)
    ctx.response.type('text/csv; charset=utf-8')
    ctx.response.header('Content-Disposition', 'attachment; filename="problems.csv"')
    return ctx.response.stream(Readable.from(linesOf(run, ctx.i18n)))
  }
}

async function* linesOf(run: ImportRun, i18n: I18n) {
  yield BYTE_ORDER_MARK + csvText([i18n.t('imports.fields.line'), i18n.t('imports.fields.problem')])
  for await (const { line, problems } of allBadLines(run)) {
    const texts = problems.map((problem) => problemText(problem, run.kind, i18n))
    yield csvText([String(line), texts.join(' ')])
  }
}
