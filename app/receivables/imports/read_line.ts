import { errors, type VineValidator } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { clock } from '#app/core/clock'
import { formatLocale } from '#app/core/format_locale'
import type { LineProblem } from '#app/receivables/imports/import_kind'
import type { FormMeta } from '#app/receivables/validators/rules'
import type Tenant from '#app/tenants/models/tenant'

/** The rules of a form on the cells of a line: what pages refuse, files cannot bring in. */
export async function readLineWith<Validator extends VineValidator<any, FormMeta>>(
  validator: Validator,
  typed: Record<string, string | undefined>,
  tenant: Tenant
): Promise<{ values: Infer<Validator> } | { problems: LineProblem[] }> {
  const { country, currency, locale, timeZone } = tenant
  const meta: FormMeta = {
    // Told in the language of whoever reads the report: the rule's name is kept, not its text.
    t: (key) => key,
    ...{ country, currency, locale: formatLocale(locale, country) },
    today: clock.today(timeZone),
  }
  try {
    return { values: await validator.validate(typed, { meta }) }
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    return { problems: error.messages.map(asProblem) }
  }
}

interface VineMessage {
  field: string
  rule: string
  meta?: Record<string, unknown>
}

/** Limits only: a rule's other values may be what was in the cell. */
const LIMITS = ['min', 'max', 'size']

function asProblem({ field, rule, meta = {} }: VineMessage): LineProblem {
  const limits = Object.entries(meta).filter(([name]) => LIMITS.includes(name))
  return limits.length > 0
    ? { column: field, rule, params: Object.fromEntries(limits) as Record<string, number> }
    : { column: field, rule }
}
