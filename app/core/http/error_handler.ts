import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { type DomainError } from '#app/core/errors'
import { failureOf, pageStatusOf, type Failure } from '#app/core/http/failure'
import { keepInput } from '#app/core/http/kept_input'
import { guessLocale, useLocale } from '#app/core/http/reader'
import { describeError } from '#app/core/redaction'

/** Decides at the edge what becomes of a failure: words on a page, or a problem document. */
export default class HttpErrorHandler extends ExceptionHandler {
  protected debug = Boolean(process.env.DEV_MODE)

  async handle(error: unknown, ctx: HttpContext) {
    const failure = failureOf(error)
    if (this.debug && failure.status >= 500) return super.handle(error, ctx)
    // What fails before the page's own middleware ran has no language yet.
    if (!ctx.i18n) useLocale(ctx, guessLocale(ctx))
    this.#copyHeaders(error, ctx)

    if (wantsJson(ctx)) return sendProblem(failure, ctx)
    if (failure.kind === 'login') return toLogin(ctx)
    if (ctx.session && isForm(ctx)) {
      if (failure.kind === 'domain') return backWithMessage(failure, error as DomainError, ctx)
      if (failure.kind === 'validation') return backWithFields(failure, ctx)
      if (failure.kind === 'expired') keepInput(ctx)
    }
    return sendPage(failure, ctx)
  }

  async report(error: unknown, ctx: HttpContext) {
    const { status, kind } = failureOf(error)
    if (status < 500 || kind === 'domain') return
    // A field called `code` is censored in logs: it may be an OAuth code.
    const { code: errorCode, ...described } = describeError(error)
    ctx.logger.error(
      { error: described, errorCode, requestId: ctx.request.id(), route: ctx.route?.pattern },
      'Request failed'
    )
  }

  /** Retry-After and the like. */
  #copyHeaders(error: unknown, { response }: HttpContext) {
    const limited = error as { getDefaultHeaders?: () => Record<string, string | number> }
    for (const [name, value] of Object.entries(limited?.getDefaultHeaders?.() ?? {})) {
      response.header(name, value)
    }
  }
}

const isForm = ({ request }: HttpContext) => !['GET', 'HEAD'].includes(request.method())

function wantsJson({ request }: HttpContext): boolean {
  if (request.header('accept', '')!.includes('text/html')) return false
  if (request.is(['json'])) return true
  return request.accepts(['html', 'json', 'application/problem+json']) !== 'html'
}

function messageOf({ key, params, status, kind }: Failure, { i18n }: HttpContext): string {
  if (kind === 'validation') return i18n.t('errors.check_fields')
  return key ? i18n.t(`errors.${key}`, params) : i18n.t(`errors.${pageStatusOf(status)}.text`)
}

/** RFC 9457. */
function sendProblem(failure: Failure, ctx: HttpContext) {
  const { status, key, fields } = failure
  ctx.response.status(status).header('Content-Type', 'application/problem+json')
  ctx.response.send(
    JSON.stringify({
      type: 'about:blank',
      title: ctx.i18n.t(`errors.${pageStatusOf(status)}.title`),
      status,
      detail: messageOf(failure, ctx),
      code: key,
      errors: fields?.map(({ field, message }) => ({ field, detail: message })),
      requestId: ctx.request.id(),
    }),
    false
  )
}

function toLogin(ctx: HttpContext) {
  ctx.session.flash('info', ctx.i18n.t('errors.login_first'))
  return ctx.response.redirect().withIntendedUrl().toPath('/login')
}

function backWithMessage(failure: Failure, { field }: DomainError, ctx: HttpContext) {
  const message = messageOf(failure, ctx)
  keepInput(ctx)
  ctx.session.flash('error', message)
  if (field) ctx.session.flash('inputErrorsBag', { [field]: [message] })
  return ctx.response.redirect().status(303).withQs().back()
}

function backWithFields(failure: Failure, ctx: HttpContext) {
  const bag: Record<string, string[]> = {}
  for (const { field, message } of failure.fields ?? []) (bag[field] ??= []).push(message)
  keepInput(ctx)
  ctx.session.flash('error', messageOf(failure, ctx))
  ctx.session.flash('inputErrorsBag', bag)
  return ctx.response.redirect().status(303).withQs().back()
}

async function sendPage(failure: Failure, ctx: HttpContext) {
  const status = pageStatusOf(failure.status)
  const page = await ctx.view.render('pages/errors/page', {
    status,
    title: ctx.i18n.t(`errors.${status}.title`),
    text: messageOf(failure, ctx),
    // Back to the form that expired, whose fields are then filled in again.
    backUrl: failure.kind === 'expired' ? ctx.response.redirect().getPreviousUrl('/') : null,
    requestId: status >= 500 ? ctx.request.id() : null,
  })
  return ctx.response.status(failure.status).send(page)
}
