import db from '@adonisjs/lucid/services/db'
import { badLines, type BadLine } from '#app/receivables/imports/import_rows'
import ImportRun from '#app/receivables/models/import_run'
import type Membership from '#app/tenants/models/membership'

/** A run of the tenant, or null. */
export const findImport = (tenantId: string, id: string): Promise<ImportRun | null> =>
  ImportRun.query().where({ tenant_id: tenantId, id }).first()

const RECENT = 10

/** The latest runs of a kind that a member may open: a cashier's are its own. */
export async function recentImports({ tenantId, userId, role }: Membership, kind: string) {
  const query = ImportRun.query().where({ tenant_id: tenantId, kind })
  if (role === 'cashier') query.where('created_by', userId)
  return query.orderBy('id', 'desc').limit(RECENT)
}

const PAGE_SIZE = 100

/** A page of the bad lines; `next` is the line to go on after. */
export async function badLinesPage(run: ImportRun, after = 0) {
  const lines = await badLines(db.connection(), run, after, PAGE_SIZE + 1)
  const page = lines.slice(0, PAGE_SIZE)
  return { lines: page, next: lines.length > PAGE_SIZE ? page.at(-1)!.line : null }
}

const READ_AT_ONCE = 1000

/** All of them, without holding them all. */
export async function* allBadLines(run: ImportRun): AsyncGenerator<BadLine> {
  for (let after = 0; ;) {
    const lines = await badLines(db.connection(), run, after, READ_AT_ONCE)
    yield* lines
    if (lines.length < READ_AT_ONCE) return
    after = lines.at(-1)!.line
  }
}
