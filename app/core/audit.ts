import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { newId } from '#app/core/ids'
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
  await AuditEntry.create(rowOf(input), { client: trx })
}

/** The same of many at once, in one statement. */
export async function recordAudits(trx: TransactionClientContract, inputs: AuditInput[]) {
  const rows = inputs.map((input) => {
    const row = rowOf(input)
    return {
      ...{ id: newId(), occurred_at: instantText(row.occurredAt), tenant_id: row.tenantId },
      ...{ actor: row.actor, user_id: row.userId, ip: row.ip, action: row.action },
      ...{ subject_type: row.subjectType, subject_id: row.subjectId },
      details: JSON.stringify(row.details),
    }
  })
  if (rows.length > 0) await trx.table('audit_entries').multiInsert(rows)
}

const rowOf = ({ actor, action, subject, tenantId = null, details = {} }: AuditInput) => ({
  occurredAt: DateTime.utc(),
  tenantId,
  actor: actor.kind,
  userId: actor.kind === 'user' ? actor.userId : null,
  ip: actor.kind === 'user' ? actor.ip : null,
  action,
  subjectType: subject.type,
  subjectId: subject.id,
  details,
})
