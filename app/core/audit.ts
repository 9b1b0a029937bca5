import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import AuditEntry from '#app/core/models/audit_entry'

/** Who does something: handed from the edge to every action that touches money or trust. */
export type Actor =
  { kind: 'user'; userId: string; ip: string } | { kind: 'worker' } | { kind: 'command' }

export interface AuditInput {
  actor: Actor
  /** "payout.approved": the noun and what happened to it. */
  action: string
  subject: { type: string; id: string }
  tenantId?: string | null
  /** Before and after, amounts, reasons. Never a secret, a tax id or a whole row. */
  details?: Record<string, unknown>
}

/** Writes one row of the audit log in the transaction of what it tells of. */
export async function recordAudit(trx: TransactionClientContract, input: AuditInput) {
  const { actor, action, subject, tenantId = null, details = {} } = input
  await AuditEntry.create(
    {
      occurredAt: DateTime.utc(),
      tenantId,
      actor: actor.kind,
      userId: actor.kind === 'user' ? actor.userId : null,
      ip: actor.kind === 'user' ? actor.ip : null,
      action,
      subjectType: subject.type,
      subjectId: subject.id,
      details,
    },
    { client: trx }
  )
}
