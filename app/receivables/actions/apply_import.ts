import { recordAudit } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import { TryAgain, type EffectHandler } from '#app/core/work/contracts'
import type { Applied } from '#app/receivables/imports/import_kind'
import { dropRows, forgetFile, nextRows } from '#app/receivables/imports/import_rows'
import { importKind } from '#app/receivables/imports/kinds'
import ImportRun from '#app/receivables/models/import_run'

/** Rows of one transaction; short, as SQLite has one writer. */
const BATCH = 200
const TRIES = 5
/** Well below the lease of an effect: a long file is applied in several runs of it. */
const SLICE_MS = 40_000

/**
 * Applies a confirmed file, batch by batch. A batch's rows go in the transaction that applies them,
 * so that whoever goes on after a kill finds exactly what is left.
 */
export class ApplyImport implements EffectHandler<{ runId: string }> {
  async handle({ runId }: { runId: string }, { tenantId }: { tenantId: string | null }) {
    const stopAt = performance.now() + SLICE_MS
    for (;;) {
      if (await this.#step(tenantId!, runId)) return
      if (performance.now() > stopAt) throw new TryAgain('there are lines left', 0)
    }
  }

  /** @returns whether nothing is left to be done */
  async #step(tenantId: string, runId: string): Promise<boolean> {
    for (let tried = 1; ; tried++) {
      try {
        return await transaction((trx) => this.#batch(trx, tenantId, runId))
      } catch (error) {
        // Somebody made what a row was about to make: the next try finds it there, or it is a fault.
        if (!isUniqueViolation(error) || tried === TRIES) throw error
      }
    }
  }

  async #batch(trx: Trx, tenantId: string, runId: string): Promise<boolean> {
    // The lock: two workers, one of which was thought dead, take the batches in turn.
    const run = await ImportRun.query({ client: trx })
      .where({ tenant_id: tenantId, id: runId })
      .forUpdate()
      .preload('tenant')
      .first()
    if (run?.state !== 'applying') return true
    const rows = await nextRows(trx, run, BATCH)
    if (rows.length === 0) {
      await this.#finish(trx, run)
      return true
    }
    const { createdBy, options, tenant } = run
    const applied = await importKind(run.kind).apply(
      trx,
      rows.map(({ content }) => content),
      {
        ...{ tenant, options, createdBy, runId, lines: rows.map(({ line }) => line) },
        actor: { kind: 'worker' },
      }
    )
    await dropRows(trx, run, rows.at(-1)!.line)
    await run.merge(this.#counts(run, applied)).save()
    return false
  }

  #counts(run: ImportRun, applied: Applied[]) {
    const count = (outcome: Applied) => applied.filter((one) => one === outcome).length
    return {
      createdCount: run.createdCount + count('created'),
      updatedCount: run.updatedCount + count('updated'),
      skippedCount: run.skippedCount + count('skipped'),
    }
  }

  async #finish(trx: Trx, run: ImportRun) {
    await run.moveTo('done').merge({ finishedAt: clock.now() }).save()
    // What could not be offered of it meanwhile stays to be read.
    await forgetFile(trx, run, { all: false })
    const { createdCount: created, updatedCount: updated, skippedCount: skipped } = run
    await recordAudit(trx, {
      actor: { kind: 'worker' },
      action: 'import.finished',
      subject: { type: 'import_run', id: run.id },
      tenantId: run.tenantId,
      details: { kind: run.kind, created, updated, skipped },
    })
  }
}
