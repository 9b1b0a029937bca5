import { recordAudit, type Actor } from '#app/core/audit'
import { newId } from '#app/core/ids'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { FileUnreadable, ImportUnderWay } from '#app/receivables/import_errors'
import { chunksOf, detectFormat, type FileFormat } from '#app/receivables/imports/file_format'
import { addChunk } from '#app/receivables/imports/import_rows'
import ImportRun from '#app/receivables/models/import_run'
import type Tenant from '#app/tenants/models/tenant'

interface UploadInput {
  tenant: Tenant
  kind: string
  file: { path: string; name: string }
  userId: string
  actor: Actor
}

const NAME_LENGTH = 120

/** Keeps an uploaded file, sealed, and lets the worker read it. */
export class UploadImport {
  /** @throws FileUnreadable, ImportUnderWay */
  async handle(input: UploadInput): Promise<ImportRun> {
    const format = await detectFormat(input.file.path)
    if (typeof format === 'string') throw new FileUnreadable({ reason: format }, 'file')
    try {
      return await transaction((trx) => this.#store(trx, input, format))
    } catch (error) {
      const isSecond = isUniqueViolation(error, 'import_runs')
      throw isSecond ? new ImportUnderWay({}, 'file') : error
    }
  }

  async #store(trx: Trx, { tenant, kind, file, userId, actor }: UploadInput, format: FileFormat) {
    const run = await ImportRun.create(
      {
        ...{ id: newId(), tenantId: tenant.id, kind, state: 'checking', createdBy: userId },
        ...format,
        fileName: file.name.slice(-NAME_LENGTH),
      },
      { client: trx }
    )
    let position = 0
    for await (const bytes of chunksOf(file.path)) await addChunk(trx, run, position++, bytes)
    await addEffect(trx, {
      tenantId: tenant.id,
      effect: 'imports.check',
      payload: { runId: run.id },
    })
    await recordAudit(trx, {
      actor,
      action: 'import.uploaded',
      subject: { type: 'import_run', id: run.id },
      tenantId: tenant.id,
      details: { kind, bytes: format.bytes },
    })
    return run.refresh()
  }
}
