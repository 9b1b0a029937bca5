import type { I18n } from '@adonisjs/i18n'
import type { LineProblem } from '#app/receivables/imports/import_kind'

/** Where the text of a rule may stand: an import's own, a form's, the validator's, a refusal's. */
const PLACES = ['imports.rules', 'receivables.invalid', 'validator.shared.messages', 'errors']

/** "CPF ou CNPJ: Confira os dígitos." in the reader's language. */
export function problemText({ column, rule, params }: LineProblem, kind: string, i18n: I18n) {
  const key = PLACES.map((place) => `${place}.${rule}`).find((one) => i18n.hasMessage(one))
  const text = i18n.t(key ?? 'validator.shared.messages.regex', params)
  return column ? `${i18n.t(`imports.columns.${kind}.${column}`)}: ${text}` : text
}
