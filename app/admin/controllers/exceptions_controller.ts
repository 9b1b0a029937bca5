import type { HttpContext } from '@adonisjs/core/http'
import { nextPage } from '#app/admin/controllers/next_page'
import { exceptionList } from '#app/admin/queries/exception_list'
import { exceptionListValidator } from '#app/admin/validators/lists'

export default class ExceptionsController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const { state: filter, after } = await exceptionListValidator.validate(request.qs())
    const { exceptions, next } = await exceptionList({ state: filter, after })
    return view.render('pages/admin/exceptions', { exceptions, filter, next: nextPage(ctx, next) })
  }
}
