import type { HttpContext } from '@adonisjs/core/http'
import { decide } from '#app/admin/controllers/exception_decision'
import { exceptionNoteValidator } from '#app/admin/validators/exception'
import { actorOf } from '#app/core/http/actor'
import { NoteException } from '#app/payments/actions/note_exception'

export default class ExceptionNotesController {
  async store(ctx: HttpContext) {
    const { _key: key, text } = await ctx.request.validateUsing(exceptionNoteValidator)
    const input = { owner: 'platform' as const, text, actor: actorOf(ctx) }
    return decide(ctx, key, 'noted', (chosen) =>
      new NoteException().handle({ ...input, ...chosen })
    )
  }
}
