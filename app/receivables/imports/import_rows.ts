import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { open, purposeOf, seal } from '#app/core/vault'
import type ImportRun from '#app/receivables/models/import_run'
import type { LineProblem } from '#app/receivables/imports/import_kind'

/** What a run holds beside its own row. Sealed where it is somebody's data. */

type Owner = Pick<ImportRun, 'id' | 'tenantId'>
type Client = QueryClientContract

const tables = ['import_chunks', 'import_rows', 'import_problems'] as const

const ownedBy = ({ id, tenantId }: Owner) => ({ tenant_id: tenantId, import_run_id: id })

const purpose = (run: Owner, table: 'import_chunks' | 'import_rows', at: number) =>
  purposeOf(table, 'content', `${run.id}:${at}`, run.tenantId)

export interface StagedRow {
  line: number
  key: string | null
  content: unknown
}

export const addChunk = (client: Client, run: Owner, position: number, bytes: Buffer) =>
  client.table('import_chunks').insert({
    ...ownedBy(run),
    position,
    content_ciphertext: seal(bytes.toString('base64'), purpose(run, 'import_chunks', position)),
  })

/** The file, chunk by chunk. @param onBytes told how many were read so far */
export async function* storedBytes(
  client: Client,
  run: Owner,
  onBytes: (bytes: number) => void
): AsyncGenerator<Buffer> {
  let read = 0
  for (let position = 0; ; position++) {
    const row = await client
      .from('import_chunks')
      .where('tenant_id', run.tenantId)
      .where({ import_run_id: run.id, position })
      .first()
    if (!row) return
    const text = open(row.content_ciphertext, purpose(run, 'import_chunks', position))
    const bytes = Buffer.from(text, 'base64')
    onBytes((read += bytes.length))
    yield bytes
  }
}

export async function addRows(client: Client, run: Owner, rows: StagedRow[]) {
  if (rows.length === 0) return
  await client.table('import_rows').multiInsert(
    rows.map(({ line, key, content }) => ({
      ...ownedBy(run),
      line,
      key,
      content_ciphertext: seal(content, purpose(run, 'import_rows', line)),
    }))
  )
}

/** The next rows to be applied, the first line first. */
export async function nextRows(client: Client, run: Owner, limit: number): Promise<StagedRow[]> {
  const rows = await client
    .from('import_rows')
    .where('tenant_id', run.tenantId)
    .where('import_run_id', run.id)
    .orderBy('line')
    .limit(limit)
  return rows.map(({ line, key, content_ciphertext: sealed }) => ({
    line,
    key,
    content: open<unknown>(sealed, purpose(run, 'import_rows', line)),
  }))
}

/** Applied: nobody needs their content any more. */
export const dropRows = (client: Client, run: Owner, lastLine: number) =>
  client
    .from('import_rows')
    .where('tenant_id', run.tenantId)
    .where('import_run_id', run.id)
    .where('line', '<=', lastLine)
    .delete()

/** In which earlier line of the file each of these keys stands. */
export async function linesOfKeys(client: Client, run: Owner, keys: string[]) {
  const rows = await client
    .from('import_rows')
    .where('tenant_id', run.tenantId)
    .where('import_run_id', run.id)
    .whereIn('key', keys)
    .select('key', 'line')
  return new Map<string, number>(rows.map(({ key, line }) => [key, line]))
}

export interface BadLine {
  line: number
  problems: LineProblem[]
}

export async function addProblems(client: Client, run: Owner, lines: BadLine[]) {
  if (lines.length === 0) return
  await client.table('import_problems').multiInsert(
    lines.map(({ line, problems }) => ({
      ...ownedBy(run),
      line,
      problems: JSON.stringify(problems),
    }))
  )
}

/** What is wrong with one line now, whatever was wrong with it before. */
export async function replaceProblems(client: Client, run: Owner, { line, problems }: BadLine) {
  await client
    .from('import_problems')
    .where('tenant_id', run.tenantId)
    .where({ import_run_id: run.id, line })
    .delete()
  if (problems.length > 0) await addProblems(client, run, [{ line, problems }])
}

/** Bad lines in the order of the file. @param after the last line of the page before */
export async function badLines(client: Client, run: Owner, after: number, limit: number) {
  const rows = await client
    .from('import_problems')
    .where('tenant_id', run.tenantId)
    .where('import_run_id', run.id)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
  return rows.map(({ line, problems }): BadLine => ({
    line,
    problems: typeof problems === 'string' ? JSON.parse(problems) : problems,
  }))
}

/** Forgets what was in the file; `all` forgets what was wrong with it too. */
export async function forgetFile(client: Client, run: Owner, { all }: { all: boolean }) {
  for (const table of all ? tables : tables.slice(0, 1)) {
    await client.from(table).where(ownedBy(run)).delete()
  }
}
