import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { ImportNotConfirmable } from '#app/receivables/import_errors'
import ImportRun from '#app/receivables/models/import_run'

interface ConfirmInput {
  run: ImportRun
  /** What was chosen, as the kind's validator read it. */
  options: Record<string, unknown>
  actor: Actor
}

/** Lets the worker apply a file without bad lines. */
export class ConfirmImport {
  /** @throws ImportNotConfirmable; confirmed already, it is returned as it is */
  async handle({ run: { id, tenantId }, options, actor }: ConfirmInput): Promise<ImportRun> {
    return transaction(async (trx) => {
      const run = await ImportRun.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (run.state === 'applying' || run.state === 'done') return run
      if (!run.mayBeConfirmed) throw new ImportNotConfirmable()
      await run.moveTo('applying').merge({ options, confirmedAt: clock.now() }).save()
      await addEffect(trx, { tenantId, effect: 'imports.apply', payload: { runId: id } })
      await recordAudit(trx, {
        actor,
        action: 'import.confirmed',
        subject: { type: 'import_run', id },
        tenantId,
        details: { kind: run.kind, lines: run.linesTotal, ...options },
      })
      return run
    })
  }
}
