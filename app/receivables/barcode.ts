import bwip from 'bwip-js/node'

/** Interleaved two of five, as banks print it: 103 mm by 13 mm. */
const SCALE = { scale: 2, height: 13, width: 103 }

/**
 * A boleto's barcode as an SVG to put into a page; null when it is not the 44 digits of one.
 */
export function boletoBarcode(digits: string | null): string | null {
  if (!digits || !/^\d{44}$/.test(digits)) return null
  return bwip.toSVG({ bcid: 'interleaved2of5', text: digits, ...SCALE })
}
