import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { clock } from '#app/core/clock'
import { chosen } from '#app/core/http/query_string'
import { chosenPeriod, periodFields, type Period } from '#app/core/periods'

const validator = vine.create(periodFields())

/** The period in the address, and today, both where the figures' owner lives. */
export async function requestedPeriod(
  ctx: HttpContext,
  timeZone: string
): Promise<{ period: Period; today: string }> {
  const today = clock.today(timeZone)
  return { today, period: chosenPeriod(await validator.validate(chosen(ctx)), today) }
}
