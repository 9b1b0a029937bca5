import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { UploadImport } from '#app/receivables/actions/upload_import'
import { requestedImport, requestedKind } from '#app/receivables/controllers/requested_import'
import { FileUnreadable } from '#app/receivables/import_errors'
import { MOST_MEGABYTES } from '#app/receivables/imports/file_format'
import { headingOf } from '#app/receivables/imports/heading'
import { problemText } from '#app/receivables/imports/problem_text'
import { badLinesPage, recentImports } from '#app/receivables/queries/imports'
import { withQuery } from '#app/core/http/query_string'
import { importPageValidator } from '#app/receivables/validators/import'

/** While the worker has the file, the page looks again by itself. */
const LOOK_AGAIN_SECONDS = 2

export default class ImportsController {
  async create(ctx: HttpContext) {
    const { tenant, view, i18n } = ctx
    const kind = await requestedKind(ctx)
    const columns = kind.columns(tenant).map((column) => ({
      heading: headingOf(kind, column, i18n.locale),
      isRequired: column.required ?? false,
    }))
    const recent = await recentImports(ctx.membership, kind.name)
    const megabytes = MOST_MEGABYTES
    return view.render('pages/imports/create', {
      ...{ kind: kind.name, notes: kind.notes ?? [] },
      ...{ columns, recent, megabytes },
    })
  }

  async store(ctx: HttpContext) {
    const { tenant, request, response, auth, uploadedFile: file } = ctx
    const kind = await requestedKind(ctx)
    if (!file) throw new FileUnreadable({ reason: 'missing' }, 'file')
    const { id: userId } = auth.getUserOrFail()
    const key = request.input('_key')
    const url = await once({ key, userId, purpose: `import.${kind.name}` }, async () => {
      const input = { tenant, kind: kind.name, file, userId, actor: actorOf(ctx) }
      const { id } = await new UploadImport().handle(input)
      return `/t/${tenant.slug}/imports/${id}`
    })
    return response.redirect().status(303).toPath(url)
  }

  async show(ctx: HttpContext) {
    const { tenant, request, response, view, i18n } = ctx
    const { run, kind } = await requestedImport(ctx)
    const { after } = await importPageValidator.validate(request.qs())
    const { lines, next } = await badLinesPage(run, after)
    if (run.isUnderWay) response.header('Refresh', String(LOOK_AGAIN_SECONDS))
    const columns = kind.columns(tenant)
    const nameOf = (name: string) => {
      const column = columns.find((one) => one.name === name)
      return column ? headingOf(kind, column, i18n.locale) : name
    }
    return view.render('pages/imports/show', {
      ...{ run, kind: kind.name },
      ...(run.mayBeConfirmed ? await kind.choices?.(tenant) : {}),
      problemColumns: (run.problem?.columns ?? []).map(nameOf).join(', '),
      bad: lines.map(({ line, problems }) => ({
        line,
        texts: problems.map((problem) => problemText(problem, kind.name, i18n)),
      })),
      next: next && withQuery({ after: String(next) }),
    })
  }
}
