import { open } from 'node:fs/promises'

export const encodings = ['utf-8', 'utf-16le', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

export const delimiters = [';', ',', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

export interface FileFormat {
  bytes: number
  encoding: Encoding
  delimiter: Delimiter
}

/** Why a file is none that can be read. */
export type NotText = 'empty' | 'spreadsheet' | 'not_text'

/** What is read of a file at a time, and stored as one chunk. */
export const CHUNK_BYTES = 64 * 1024

/** A file's bytes, piece by piece. */
export async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Excel's and LibreOffice's own files: zip archives, and those of before 2007. */
const SPREADSHEETS = ['504b0304', 'd0cf11e0']

/** Looks at the whole file once: what is no UTF-8 shows perhaps in the last line only. */
export async function detectFormat(path: string): Promise<FileFormat | NotText> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let [bytes, isUtf8, isUtf16, hasNul, head] = [0, true, false, false, '']
  for await (const chunk of chunksOf(path)) {
    if (bytes === 0) {
      if (SPREADSHEETS.includes(chunk.subarray(0, 4).toString('hex'))) return 'spreadsheet'
      isUtf16 = chunk[0] === 0xff && chunk[1] === 0xfe
      head = headOf(chunk, isUtf16)
    }
    bytes += chunk.length
    hasNul ||= chunk.includes(0)
    isUtf8 &&= decodes(utf8, chunk)
  }
  if (head.trim() === '') return 'empty'
  if (hasNul && !isUtf16) return 'not_text'
  const encoding = isUtf16 ? 'utf-16le' : isUtf8 ? 'utf-8' : 'windows-1252'
  return { bytes, encoding, delimiter: delimiterOf(head) }
}

/** Only to find the delimiter, which is the same byte in all but one encoding. */
const headOf = (chunk: Buffer, isUtf16: boolean) =>
  chunk.toString(isUtf16 ? 'utf16le' : 'latin1').replace(/^\uFEFF|^ï»¿/, '')

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The one that divides the heading most often; what stands in quotes does not count. */
function delimiterOf(head: string): Delimiter {
  const [heading] = head.trimStart().split(/\r\n?|\n/, 1)
  const bare = heading.replace(/"[^"]*"/g, '')
  const count = (sign: string) => bare.split(sign).length
  return delimiters.reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** A hundred thousand lines with an address each. */
export const MOST_MEGABYTES = 20
