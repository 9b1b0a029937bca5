import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { MAX_PASSWORD } from '#app/core/forms/password_limits'

interface FormMeta {
  t: (key: string) => string
}

export const formMeta = ({ i18n }: HttpContext): { meta: FormMeta } => ({
  meta: { t: (key) => i18n.t(key) },
})

const isStoreId = vine.createRule((value, _, field) => {
  if (typeof value !== 'string' || /^[\w-]{1,64}$/.test(value)) return
  field.report((field.meta as FormMeta).t('connect.invalid.mp_store_id'), 'mp_store_id', field)
})

const label = () => vine.string().trim().minLength(2).maxLength(80)
const password = () => vine.string().maxLength(MAX_PASSWORD)

export const newConnectionValidator = vine.create({
  label: label().optional(),
  password: password(),
})

export const labelValidator = vine.create({ label: label() })

/** An account that is not the one of before needs the password, as any new one does. */
export const choiceValidator = vine.create({
  use: vine.enum(['yes', 'no']),
  password: password().optional().requiredWhen('use', '=', 'yes'),
})

export const disconnectionValidator = vine.create({
  at_once: vine.boolean().optional(),
  password: password(),
})

export const defaultConnectionValidator = vine.create({ password: password() })

export const modeValidator = vine.create({
  mode: vine.enum(['centralized', 'connected']),
  password: password(),
})

export const storeConnectionValidator = vine.withMetaData<FormMeta>().create({
  connection: vine.string().uuid().optional(),
  mp_store_id: vine.string().trim().use(isStoreId()).optional(),
})
