import type { HttpContext } from '@adonisjs/core/http'
import { mailsAreSent } from '#config/mail'
import { clock } from '#app/core/clock'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { CreateSchedule } from '#app/receivables/actions/create_schedule'
import { requestedSchedule } from '#app/receivables/controllers/requested_schedule'
import SchedulePolicy from '#app/receivables/policies/schedule_policy'
import { customerListPage, findCustomer } from '#app/receivables/queries/customer_list'
import { occurrencesOf, scheduleList } from '#app/receivables/queries/schedules'
import { visibleStores } from '#app/receivables/queries/visible_stores'
import { ratesOfWays } from '#app/receivables/queries/ways_to_offer'
import { chosen, withQuery } from '#app/core/http/query_string'
import { scheduleUnits } from '#app/receivables/schedules/due_dates'
import { formMeta } from '#app/receivables/validators/form_meta'
import {
  newScheduleValidator,
  schedulePageValidator,
  scheduleValidator,
  type ScheduleForm,
} from '#app/receivables/validators/schedule'

/** Made so long before the due date, unless somebody wants it otherwise. */
const USUAL_LEAD_DAYS = 30
const SHOWN_DATES = 6

export default class SchedulesController {
  async index(ctx: HttpContext) {
    const { tenant, membership, view, bouncer } = ctx
    await bouncer.with(SchedulePolicy).authorize('manage', membership)
    const { after } = await schedulePageValidator.validate(chosen(ctx))
    const { schedules, next } = await scheduleList(tenant.id, after)
    const page = { schedules, next: next && withQuery({ after: next }) }
    return view.render('pages/schedules/index', page)
  }

  async show(ctx: HttpContext) {
    const schedule = await requestedSchedule(ctx)
    const { after } = await schedulePageValidator.validate(chosen(ctx))
    const { occurrences, next } = await occurrencesOf(schedule, after)
    return ctx.view.render('pages/schedules/show', {
      ...{ schedule, occurrences, next: next && withQuery({ after: next }) },
      nextDates: schedule.state === 'active' ? schedule.nextDates(SHOWN_DATES) : [],
      today: clock.today(ctx.tenant.timeZone),
    })
  }

  /** First whom it is of, then what is owed and when. */
  async create(ctx: HttpContext) {
    const { tenant, membership, view, bouncer } = ctx
    await bouncer.with(SchedulePolicy).authorize('manage', membership)
    const { customer: id, ...search } = await newScheduleValidator.validate(chosen(ctx))
    const customer = id ? await findCustomer(tenant.id, id) : null
    if (!customer) {
      const list = await customerListPage(tenant, search)
      const page = { ...list, mayManageCustomers: true, into: 'schedules' }
      return view.render('pages/receivables/choose_customer', page)
    }
    const stores = await visibleStores(membership)
    const offer = await ratesOfWays(tenant)
    return view.render('pages/schedules/create', {
      ...{ customer, stores, units: scheduleUnits, mailsAreSent },
      methods: offer?.ways.map(({ method }) => method) ?? [],
      defaultStoreId: stores.find((store) => store.isDefault)?.id,
      leadDays: USUAL_LEAD_DAYS,
      today: clock.today(tenant.timeZone),
    })
  }

  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, i18n, session } = ctx
    await ctx.bouncer.with(SchedulePolicy).authorize('manage', membership)
    const form = await request.validateUsing(scheduleValidator, formMeta(ctx))
    const key = request.input('_key')
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'schedule.create' }, async () => {
      const input = { tenant, ...agreed(form), actor: actorOf(ctx) }
      const { id } = await new CreateSchedule().handle(input)
      return `/t/${tenant.slug}/schedules/${id}`
    })
    session.flash('success', i18n.t('schedules.created'))
    return response.redirect().status(303).toPath(url)
  }
}

const agreed = (form: ScheduleForm) => ({
  customerId: form.customer_id,
  storeId: form.store_id,
  description: form.description,
  amountMinor: form.amount,
  every: form.every,
  unit: form.unit,
  firstDueOn: form.first_due_on,
  isMonthEnd: Boolean(form.month_end),
  total: form.total ?? null,
  lastDueOn: form.last_due_on ?? null,
  graceDays: form.grace_days ?? 0,
  leadDays: form.lead_days ?? USUAL_LEAD_DAYS,
  methods: form.methods ?? [],
  isMailed: Boolean(form.mail),
})
