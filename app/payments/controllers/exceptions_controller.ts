import type { HttpContext } from '@adonisjs/core/http'
import { requestedException } from '#app/payments/controllers/requested_exception'
import { tenantKinds } from '#app/payments/models/exception_case'
import ExceptionPolicy from '#app/payments/policies/exception_policy'
import { factsOf } from '#app/payments/queries/exception_facts'
import { exceptionList, notesOf } from '#app/payments/queries/exceptions'
import { exceptionListValidator } from '#app/payments/validators/exception'

const isFilled = ([, value]: [string, unknown]) => value !== ''

export default class ExceptionsController {
  /** Open ones, unless others are asked for. */
  async index(ctx: HttpContext) {
    const { tenant, membership, request, view } = ctx
    await ctx.bouncer.with(ExceptionPolicy).authorize('decide', membership)
    const query = Object.fromEntries(Object.entries(request.qs()).filter(isFilled))
    const { state = 'open', kind, after } = await exceptionListValidator.validate(query)
    const { exceptions, next } = await exceptionList({
      owner: { tenantId: tenant.id },
      state: state === 'all' ? undefined : state,
      ...{ kind, after },
    })
    return view.render('pages/exceptions/index', {
      ...{ filter: state, kind, kinds: tenantKinds },
      rows: exceptions.map((exception) => ({ exception, facts: factsOf(exception) })),
      next: next && `?${new URLSearchParams({ state, ...(kind && { kind }), after: next })}`,
    })
  }

  async show(ctx: HttpContext) {
    const { tenant, membership, view } = ctx
    await ctx.bouncer.with(ExceptionPolicy).authorize('decide', membership)
    const exception = await requestedException(ctx)
    return view.render('pages/exceptions/show', {
      exception,
      facts: factsOf(exception),
      decisions: exception.decisionsFor(exception.receivable),
      notes: await notesOf({ tenantId: tenant.id }, exception.id),
    })
  }
}
