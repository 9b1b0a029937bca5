import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { keyValidator } from '#app/admin/validators/payout'
import { UploadResults } from '#app/payouts/actions/upload_results'
import { resultPlan } from '#app/payouts/queries/result_plan'
import { findResultFile, recentResultFiles } from '#app/payouts/queries/result_files'

/** The bank's file: kept first, and shown with what it would change. */
export default class PayoutResultsController {
  async create({ view }: HttpContext) {
    return view.render('pages/admin/payouts/results', { recent: await recentResultFiles() })
  }

  async store(ctx: HttpContext) {
    const { request, response, auth, upload } = ctx
    const { _key: key } = await request.validateUsing(keyValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'payout_results.upload' }, async () => {
      const input = { bytes: upload?.bytes, userId, actor: actorOf(ctx) }
      const { id } = await new UploadResults().handle(input)
      return `/admin/payouts/results/${id}`
    })
    return response.redirect().status(303).toPath(url)
  }

  async show(ctx: HttpContext) {
    const file = await requestedResults(ctx)
    const plan = await resultPlan(file.content)
    const of = (verdict: string) => plan.filter((line) => line.verdict === verdict)
    const todo = [...of('pay'), ...of('fail')]
    const odd = plan.filter((line) => !['pay', 'fail', 'done'].includes(line.verdict))
    const shown = { file, lines: plan.length, todo, odd, done: of('done').length }
    return ctx.view.render('pages/admin/payouts/result', shown)
  }
}

export async function requestedResults({ params, request }: HttpContext) {
  const file = await findResultFile(params.id)
  if (!file) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return file
}
