import type { HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import { SessionCollection } from '@adonisjs/session'
import { rememberLocale } from '#app/core/http/reader'
import type User from '#app/identity/models/user'

/** Begins the user's session under a new id, with nothing in it but where the reader was going. */
export async function beginSession(ctx: HttpContext, user: User) {
  const intendedUrl = ctx.session.getIntendedUrl()
  ctx.session.clear()
  if (intendedUrl) ctx.session.setIntendedUrl(intendedUrl)
  await ctx.auth.use('web').login(user)
  await ctx.session.tag(user.id)
  rememberLocale(ctx, user.locale)
}

/** Ends this session: its row is gone, and the id with it. */
export async function endSession(ctx: HttpContext) {
  await ctx.auth.use('web').logout()
  ctx.session.clear()
  ctx.session.regenerate()
}

/** Ends all sessions of the user, wherever they are. */
export async function endSessionsOf(userId: string) {
  const sessions = await app.container.make(SessionCollection)
  for (const { id } of await sessions.tagged(userId)) await sessions.destroy(id)
}
