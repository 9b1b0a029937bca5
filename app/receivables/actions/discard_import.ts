import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction } from '#app/core/transaction'
import { ImportNotDiscardable } from '#app/receivables/import_errors'
import { forgetFile } from '#app/receivables/imports/import_rows'
import ImportRun from '#app/receivables/models/import_run'

/** Forgets a file that is not to be imported, with all that was in it. */
export class DiscardImport {
  /** @throws ImportNotDiscardable once it was confirmed */
  async handle({ id, tenantId }: Pick<ImportRun, 'id' | 'tenantId'>, actor: Actor) {
    await transaction(async (trx) => {
      const run = await ImportRun.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (run.state === 'discarded') return
      if (run.state !== 'checking' && run.state !== 'checked') throw new ImportNotDiscardable()
      await run.moveTo('discarded').merge({ finishedAt: clock.now() }).save()
      await forgetFile(trx, run, { all: true })
      await recordAudit(trx, {
        actor,
        action: 'import.discarded',
        subject: { type: 'import_run', id },
        tenantId,
        details: { kind: run.kind },
      })
    })
  }
}

const KEPT_HOURS = 24

/** Files that nobody confirmed within a day: what is in them is not ours to keep. */
export class DiscardOldImports {
  async handle(): Promise<void> {
    const before = clock.now().minus({ hours: KEPT_HOURS })
    // tenant: the worker forgets the files of all
    const runs = await ImportRun.query()
      .whereIn('state', ['checking', 'checked'])
      .where('created_at', '<', instantText(before))
    for (const run of runs) {
      try {
        await new DiscardImport().handle(run, { kind: 'worker' })
      } catch (error) {
        // Confirmed since we looked.
        if (!(error instanceof ImportNotDiscardable)) throw error
      }
    }
  }
}
