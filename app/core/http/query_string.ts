import { stringify } from 'node:querystring'
import type { HttpContext } from '@adonisjs/core/http'

type Values = Record<string, unknown>

const isFilled = ([, value]: [string, unknown]) => value !== '' && value !== undefined

/** What was chosen in a filter form: a field that was left alone sends an empty text. */
export const chosen = ({ request }: HttpContext): Values =>
  Object.fromEntries(Object.entries(request.qs()).filter(isFilled))

/** The address of another page of the same list. */
export const withQuery = (values: Record<string, string | undefined>): string =>
  `?${stringify(Object.fromEntries(Object.entries(values).filter(isFilled)))}`
