import db from '@adonisjs/lucid/services/db'
import { BrokenCsv, type CsvLine } from '#app/receivables/imports/csv_lines'
import type {
  Cells,
  ImportKind,
  Judgement,
  LineProblem,
} from '#app/receivables/imports/import_kind'
import { linesOfKeys, type BadLine, type StagedRow } from '#app/receivables/imports/import_rows'
import type ImportRun from '#app/receivables/models/import_run'
import type Membership from '#app/tenants/models/membership'

export interface JudgedLines {
  good: StagedRow[]
  bad: BadLine[]
  /** Of the good ones, how many are there already. */
  known: number
}

interface ReadContext {
  run: ImportRun
  /** Of who uploaded the file. */
  member: Membership | null
  kind: ImportKind
  /** The column at each place of a line. */
  names: (string | null)[]
}

/** Sorts a batch of lines into good and bad ones; changes nothing. */
export async function judgeLines(
  lines: (CsvLine | BrokenCsv)[],
  context: ReadContext
): Promise<JudgedLines> {
  const rows: StagedRow[] = []
  const bad: BadLine[] = []
  for (const line of lines) {
    const read = await readLine(line, context)
    if ('problems' in read) bad.push(read)
    else rows.push(read)
  }
  const doubles = await findDoubles(rows, context)
  const judgements = await judge(rows, context)
  const good: StagedRow[] = []
  let known = 0
  rows.forEach((row, at) => {
    const problems = [...(doubles.get(row.line) ?? []), ...(judgements[at].problems ?? [])]
    if (problems.length > 0) return bad.push({ line: row.line, problems })
    if (judgements[at].isKnown) known++
    return good.push({ ...row, content: judgements[at].row ?? row.content })
  })
  return { good, bad, known }
}

async function readLine(
  line: CsvLine | BrokenCsv,
  { run, kind, names }: ReadContext
): Promise<StagedRow | BadLine> {
  if (line instanceof BrokenCsv) {
    return { line: line.line, problems: [{ column: null, rule: line.rule }] }
  }
  const { number, cells } = line
  const surplus = cells.slice(names.length).some((cell) => cell !== '')
  if (surplus) {
    const params = { cells: cells.length, columns: names.length }
    return { line: number, problems: [{ column: null, rule: 'too_many_cells', params }] }
  }
  const read = await kind.read(byName(cells, names), run.tenant)
  if ('problems' in read) return { line: number, problems: read.problems }
  return { line: number, key: kind.keyOf?.(read.row, run.tenant) ?? null, content: read.row }
}

function byName(cells: string[], names: (string | null)[]): Cells {
  const named: Cells = {}
  names.forEach((name, at) => {
    if (name !== null && cells[at]) named[name] = cells[at]
  })
  return named
}

/** What may be in a file once, and stands in an earlier line of this batch or of those before. */
async function findDoubles(
  rows: StagedRow[],
  { run, kind }: ReadContext
): Promise<Map<number, LineProblem[]>> {
  const keys = rows.flatMap(({ key }) => key ?? [])
  const seen = await linesOfKeys(db.connection(), run, keys)
  const doubles = new Map<number, LineProblem[]>()
  const rule = kind.doubledRule ?? 'doubled'
  for (const { key, line } of rows) {
    if (key === null) continue
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, line)
    else doubles.set(line, [{ column: null, rule, params: { line: earlier } }])
  }
  return doubles
}

async function judge(rows: StagedRow[], { kind, run, member }: ReadContext): Promise<Judgement[]> {
  if (!kind.judge || rows.length === 0) return rows.map(() => ({}))
  return kind.judge(
    rows.map(({ content }) => content),
    { tenant: run.tenant, member }
  )
}
