import type { HttpContext } from '@adonisjs/core/http'
import { formatLocale } from '#app/core/format_locale'
import type { ListInput } from '#app/receivables/queries/receivable_list'
import { visibleStoreIds } from '#app/receivables/queries/visible_stores'
import { chosen } from '#app/core/http/query_string'
import { listValidator, type ListForm } from '#app/receivables/validators/receivable'

/** The filter of the address, bound to what the member may see. */
export async function requestedList(
  ctx: HttpContext
): Promise<{ form: ListForm; input: ListInput }> {
  const { tenant, membership, i18n } = ctx
  const form = await listValidator.validate(chosen(ctx))
  const { state: filter, store: storeId, customer: customerId, from, until, q } = form
  const { after: id, after_due: dueOn } = form
  const search = q ? { text: q, locale: formatLocale(i18n.locale, tenant.country) } : undefined
  return {
    form,
    input: {
      ...{ tenant, filter, storeId, customerId, search },
      after: id && dueOn ? { id, dueOn } : undefined,
      ...{ dueFrom: from, dueUntil: until },
      storeIds: await visibleStoreIds(membership),
    },
  }
}
