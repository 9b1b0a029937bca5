import { errors, type HttpContext } from '@adonisjs/core/http'
import type { ImportKind } from '#app/receivables/imports/import_kind'
import { importKind } from '#app/receivables/imports/kinds'
import type ImportRun from '#app/receivables/models/import_run'
import ImportPolicy from '#app/receivables/policies/import_policy'
import { findImport } from '#app/receivables/queries/imports'

/** The run of the address; one of another tenant does not exist. Only for who may import it. */
export async function requestedImport(
  ctx: HttpContext
): Promise<{ run: ImportRun; kind: ImportKind }> {
  const { tenant, membership, params, request, bouncer } = ctx
  const run = await findImport(tenant.id, params.id)
  const missing = new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  if (!run) throw missing
  const kind = importKind(run.kind)
  await bouncer.with(ImportPolicy).authorize('use', membership, kind)
  // As missing as another tenant's: it may tell of stores that the member does not see.
  if (!(await bouncer.with(ImportPolicy).allows('open', membership, run))) throw missing
  return { run, kind }
}

/** The kind of the address, for who may import it. */
export async function requestedKind({ params, membership, bouncer }: HttpContext) {
  const kind = importKind(params.kind)
  await bouncer.with(ImportPolicy).authorize('use', membership, kind)
  return kind
}
