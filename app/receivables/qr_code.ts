import qrcode from 'qrcode'

/** Quiet zone in modules: four is what readers are promised. */
const MARGIN = 4

/** A Pix's text as an SVG to put into a page; null without one. */
export async function qrCodeSvg(text: string | null): Promise<string | null> {
  if (!text) return null
  return qrcode.toString(text, { type: 'svg', margin: MARGIN, errorCorrectionLevel: 'M' })
}
