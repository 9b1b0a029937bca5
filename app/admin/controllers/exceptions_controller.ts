import type { HttpContext } from '@adonisjs/core/http'
import { requestedException } from '#app/admin/controllers/exception_decision'
import { nextPage } from '#app/admin/controllers/next_page'
import { linkableReceivables } from '#app/admin/queries/linkable_receivables'
import { exceptionListValidator, exceptionSearchValidator } from '#app/admin/validators/exception'
import { exceptionKinds } from '#app/payments/models/exception_case'
import { factsOf } from '#app/payments/queries/exception_facts'
import { exceptionList, notesOf } from '#app/payments/queries/exceptions'

export default class ExceptionsController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const query = Object.fromEntries(
      Object.entries(request.qs()).filter(([, value]) => value !== '')
    )
    const { state, kind, after } = await exceptionListValidator.validate(query)
    const { exceptions, next } = await exceptionList({ owner: 'platform', state, kind, after })
    return view.render('pages/admin/exceptions/index', {
      ...{ filter: state, kind, kinds: exceptionKinds },
      rows: exceptions.map((exception) => ({ exception, facts: factsOf(exception) })),
      next: nextPage(ctx, next),
    })
  }

  /** Of money without a charge also what it could have been paid for. */
  async show(ctx: HttpContext) {
    const { request, view } = ctx
    const exception = await requestedException(ctx)
    const { q } = await exceptionSearchValidator.validate(request.qs())
    const decisions = exception.isTenants ? [] : exception.decisionsFor(exception.receivable)
    const mayLink = decisions.includes('linked')
    return view.render('pages/admin/exceptions/show', {
      ...{ exception, decisions, q, facts: factsOf(exception) },
      receivables: mayLink ? await linkableReceivables(exception, q) : [],
      notes: await notesOf('platform', exception.id),
    })
  }
}
