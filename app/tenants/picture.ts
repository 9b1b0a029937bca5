export interface Picture {
  contentType: 'image/png' | 'image/jpeg'
  width: number
  height: number
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Markers of JPEG without a length: TEM, RST0–7, SOI, EOI. */
const BARE = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9)
/** SOF0–15 say how large the picture is; C4, C8 and CC are other things. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const SCAN = 0xda

/** What a file really is, whatever its name says; null when it is no whole PNG or JPEG. */
export function readPicture(bytes: Buffer): Picture | null {
  const picture = readPng(bytes) ?? readJpeg(bytes)
  return picture && picture.width > 0 && picture.height > 0 ? picture : null
}

/** From chunk to chunk: a header first, an end last, and nothing after it. */
function readPng(bytes: Buffer): Picture | null {
  if (!bytes.subarray(0, 8).equals(PNG) || bytes.length < 33) return null
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  let at = 8
  while (at + 12 <= bytes.length) {
    const next = at + 12 + bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') {
      const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
      return next === bytes.length ? { contentType: 'image/png', width, height } : null
    }
    at = next
  }
  return null
}

/** From segment to segment up to the picture's data, which must end as a JPEG ends. */
function readJpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  if (bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) return null
  let size: { width: number; height: number } | null = null
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]
    if (marker === SCAN) return size && { contentType: 'image/jpeg', ...size }
    if (isFrame(marker)) {
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += BARE(marker) ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
