import { Readable } from 'node:stream'
import { parse, type CsvError, type Info } from 'csv-parse'
import type { Delimiter, Encoding } from '#app/receivables/imports/file_format'

export interface CsvLine {
  /** Where it begins in the file, from 1: a value may go over several lines. */
  number: number
  cells: string[]
}

/** From here on the file cannot be read: a quote that nobody closes, or an endless line. */
export class BrokenCsv extends Error {
  constructor(
    readonly line: number,
    readonly rule: 'quotes' | 'line_too_long'
  ) {
    super(`${rule} in line ${line}`)
  }
}

/** Characters of one line. */
const MAX_LINE = 20_000

/** The lines of a file that have something in them, the heading first. @throws BrokenCsv */
export async function* csvLines(
  bytes: AsyncIterable<Buffer>,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter }
): AsyncGenerator<CsvLine> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    // `Rua "das Flores"` without quotes around it is what people write.
    relax_quotes: true,
    skip_empty_lines: true,
    // Thrown, an error would take along the good lines that wait before it.
    skip_records_with_error: true,
    trim: true,
    max_record_size: MAX_LINE,
  })
  let broken: CsvError | undefined
  parser.on('skip', (error: CsvError) => (broken ??= error))
  const source = Readable.from(textOf(bytes, encoding))
  source.on('error', (error) => parser.destroy(error)).pipe(parser)
  let seen = { lines: 0, empty: 0 }
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    if (broken && info.lines > Number(broken.lines)) break
    const number = seen.lines + 1 + info.empty_lines - seen.empty
    seen = { lines: info.lines, empty: info.empty_lines }
    if (record.some((cell) => cell !== '')) yield { number, cells: record }
  }
  if (broken) {
    const rule = broken.code === 'CSV_MAX_RECORD_SIZE' ? 'line_too_long' : 'quotes'
    throw new BrokenCsv(seen.lines + 1, rule)
  }
}

interface Parsed {
  record: string[]
  info: Info
}

/** With one kind of line end: the parser counts "\r\n" inside quotes as two lines. */
async function* textOf(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let held = ''
  for await (const chunk of bytes) {
    const text = held + decoder.decode(chunk, { stream: true })
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
  yield (held + decoder.decode()).replace(/\r\n?/g, '\n')
}
