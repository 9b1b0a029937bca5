import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { ExceptionNotFound } from '#app/payments/exception_errors'
import ExceptionNote from '#app/payments/models/exception_note'
import { lockedException, type ExceptionOwner } from '#app/payments/queries/exceptions'

interface NoteInput {
  owner: ExceptionOwner
  exceptionId: string
  text: string
  userId: string
  actor: Actor
}

/** Writes to an exception, open or resolved, what the next one should know. */
export class NoteException {
  /** @throws ExceptionNotFound */
  handle({ owner, exceptionId, text, userId, actor }: NoteInput): Promise<ExceptionNote> {
    return transaction(async (trx) => {
      const exception = await lockedException(trx, owner, exceptionId)
      if (!exception) throw new ExceptionNotFound()
      const tenantId = owner === 'platform' ? null : owner.tenantId
      const note = await ExceptionNote.create(
        { tenantId, exceptionCaseId: exceptionId, userId, text },
        { client: trx }
      )
      await recordAudit(trx, {
        actor,
        action: 'exception.noted',
        subject: { type: 'exception', id: exceptionId },
        tenantId: exception.tenantId,
        details: { noteId: note.id },
      })
      return note
    })
  }
}
