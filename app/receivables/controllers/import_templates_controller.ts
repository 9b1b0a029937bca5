import type { HttpContext } from '@adonisjs/core/http'
import { requestedKind } from '#app/receivables/controllers/requested_import'
import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'
import { headingOf } from '#app/receivables/imports/heading'

/** A file to fill in: the headings in the reader's language, and one line as an example. */
export default class ImportTemplatesController {
  async show(ctx: HttpContext) {
    const { tenant, response, i18n } = ctx
    const kind = await requestedKind(ctx)
    const columns = kind.columns(tenant)
    const headings = columns.map((column) => headingOf(kind, column, i18n.locale))
    const samples = columns.map(({ sample }) => sample)
    response.type('text/csv; charset=utf-8')
    response.header('Content-Disposition', `attachment; filename="${kind.name}.csv"`)
    return response.send(BYTE_ORDER_MARK + csvText(headings) + csvText(samples))
  }
}
