import type { TestSimulator } from './support.js'

export type Row = Record<string, string>

/** Reads a file as an importer would: by its header, quotes included. */
export function rowsOf(csv: string, separator = ','): Row[] {
  const cells = (line: string) => {
    const found: string[] = []
    let cell = ''
    let isQuoted = false
    for (const character of line) {
      if (character === '"') isQuoted = !isQuoted
      else if (character === separator && !isQuoted) {
        found.push(cell)
        cell = ''
      } else cell += character
    }
    return [...found, cell]
  }
  const [header, ...lines] = csv.trimEnd().split('\n').map(cells)
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index]])))
}

/** Cents of `-12.30`, without ever being a float. */
export function cents(text: string): number {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text)
  if (!match) throw new Error(`${text} is no amount`)
  return Number(`${match[1]}${match[2]}${match[3]}`)
}

export function total(rows: Row[], column: string): number {
  return rows.reduce((sum, row) => sum + cents(row[column]), 0)
}

/** Credit less debit of the lines that are movements. */
export function releasedCents(rows: Row[]): number {
  const moved = rows.filter((row) => row.RECORD_TYPE === 'release')
  return total(moved, 'NET_CREDIT_AMOUNT') - total(moved, 'NET_DEBIT_AMOUNT')
}

/** What a client of one kind of report does; the platform's own, unless its headers say otherwise. */
export function reportsOf(
  simulator: TestSimulator,
  kind: 'release' | 'settlement',
  headers: Record<string, string> = {}
) {
  const base = `/v1/account/${kind}_report`
  const call = (method: string, path: string, body?: unknown) =>
    simulator.call(method, base + path, body, headers)
  const now = async () => {
    const { body } = await simulator.get('/_simulator/clock')
    return body.now as string
  }
  const list = async () => {
    const { body } = await call('GET', '/list')
    return body as any[]
  }
  const ask = (begin: string, end: string) => call('POST', '', { begin_date: begin, end_date: end })
  return {
    base,
    now,
    list,
    ask,
    config: (method: string, body?: unknown) => call(method, '/config', body),
    schedule: (method: string) => call(method, '/schedule'),
    file: (name: string) => call('GET', `/${name}`),
    /** Asks for a period, waits for it, and reads it. */
    async rows(begin = '2020-01-01T00:00:00Z', end?: string): Promise<Row[]> {
      await ask(begin, end ?? (await now()))
      await simulator.control('/clock', { advance_seconds: 2 })
      const [latest] = await list()
      const { body } = await call('GET', `/${latest.file_name}`)
      return rowsOf(body, kind === 'release' ? ',' : ';')
    },
  }
}

export const COLUMNS = [{ key: 'DATE' }, { key: 'SOURCE_ID' }, { key: 'EXTERNAL_REFERENCE' }]

export function configRequest(more: Record<string, unknown> = {}): Record<string, any> {
  return {
    file_name_prefix: 'close',
    columns: COLUMNS,
    frequency: { hour: 0, type: 'monthly', value: 1 },
    ...more,
  }
}
