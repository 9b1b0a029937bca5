import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { ChangeDraft } from '#app/receivables/actions/change_draft'
import {
  chooseCustomer,
  flashSaved,
  readReceivable,
  receivableFormPage,
} from '#app/receivables/controllers/receivable_form'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import type Receivable from '#app/receivables/models/receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { findCustomer } from '#app/receivables/queries/customer_list'
import { chosen } from '#app/core/http/query_string'
import { newReceivableValidator } from '#app/receivables/validators/receivable'

/** A receivable that nobody was offered yet can still be corrected. */
export default class DraftsController {
  async edit(ctx: HttpContext) {
    const { tenant, view } = ctx
    const draft = await this.#requested(ctx)
    if (draft.state !== 'draft') return this.#isOver(ctx, draft)
    const { customer: id } = await newReceivableValidator.validate(chosen(ctx))
    const customer = (id && (await findCustomer(tenant.id, id))) || draft.customer
    const page = await receivableFormPage(ctx, customer, draft)
    return view.render('pages/receivables/edit', { ...page, receivable: draft })
  }

  /** Another customer, found by name or tax id. */
  async customer(ctx: HttpContext) {
    const draft = await this.#requested(ctx)
    if (draft.state !== 'draft') return this.#isOver(ctx, draft)
    const edit = `${addressOf(ctx, draft)}/edit`
    const title = ctx.i18n.t('receivables.another_customer')
    const back = { href: edit, label: ctx.i18n.t('receivables.edit') }
    const search = await newReceivableValidator.validate(chosen(ctx))
    return chooseCustomer(ctx, search, {
      ...{ into: 'receivables', title, back, here: `${edit}/customer`, target: edit },
    })
  }

  async update(ctx: HttpContext) {
    const { request, response, auth } = ctx
    const draft = await this.#requested(ctx)
    const input = await readReceivable(ctx)
    const { id: userId } = auth.getUserOrFail()
    const form = { key: request.input('_key'), userId, purpose: 'receivable.change' }
    const url = await once(form, async () => {
      await new ChangeDraft().handle({ ...input, receivableId: draft.id })
      return addressOf(ctx, draft)
    })
    flashSaved(ctx, input, 'receivables.changed')
    return response.redirect().status(303).toPath(url)
  }

  async #requested(ctx: HttpContext): Promise<Receivable> {
    await ctx.bouncer.with(ReceivablePolicy).authorize('create', ctx.membership)
    return requestedReceivable(ctx)
  }

  #isOver(ctx: HttpContext, receivable: Receivable) {
    ctx.session.flash('error', ctx.i18n.t('errors.receivables.not_draft'))
    return ctx.response.redirect().status(303).toPath(addressOf(ctx, receivable))
  }
}

const addressOf = ({ tenant }: HttpContext, { id }: Receivable) =>
  `/t/${tenant.slug}/receivables/${id}`
