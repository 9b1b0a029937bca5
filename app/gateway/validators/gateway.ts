import vine from '@vinejs/vine'
import { taxIdKinds, checkTaxId, type TaxId } from '#app/core/tax_ids'
import { readPercent } from '#app/core/percent_text'
import { sites } from '#app/gateway/sites'

interface FormMeta {
  t: (key: string) => string
}

/** The tax id that a text is, in any kind that we know. */
export const readAnyTaxId = (text: string): TaxId | null =>
  taxIdKinds.reduce<TaxId | null>((found, kind) => found ?? checkTaxId(kind, text), null)

const rule = (name: string, accepts: (value: string) => boolean) =>
  vine.createRule((value, _, field) => {
    if (typeof value !== 'string' || accepts(value)) return
    field.report((field.meta as FormMeta).t(`gateway.invalid.${name}`), name, field)
  })

const isPercent = rule('percent', (text) => readPercent(text) !== null)
const isTaxId = rule('tax_id', (text) => readAnyTaxId(text) !== null)
/** A header value: no space, nothing beyond printable ASCII. */
const isSecret = rule('secret', (text) => /^[!-~]+$/.test(text))

const secret = (least: number, most: number) =>
  vine.string().trim().minLength(least).maxLength(most).use(isSecret())

export const accountValidator = vine.withMetaData<FormMeta>().create({ token: secret(20, 512) })

export const webhookSecretValidator = vine
  .withMetaData<FormMeta>()
  .create({ secret: secret(16, 256) })

export const settingsValidator = vine.withMetaData<FormMeta>().create({
  platform_fee_percent: vine
    .string()
    .maxLength(8)
    .use(isPercent())
    .transform((text) => readPercent(text)!),
  platform_name: vine.string().trim().minLength(2).maxLength(160).optional(),
  platform_tax_id: vine.string().trim().maxLength(32).use(isTaxId()).optional(),
  automatic_transfer: vine.boolean().optional(),
  payout_waiting_days: vine.number().withoutDecimals().range([0, 90]),
})

export const custodyValidator = vine.withMetaData<FormMeta>().create({
  country: vine.enum(Object.values(sites).map(({ country }) => country)),
  understood: vine.accepted(),
})
