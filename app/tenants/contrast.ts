/** What WCAG 2 asks between a text and what is behind it (AA, 1.4.3). */
export const LEAST_CONTRAST = 4.5

/** WCAG's relative luminance of "#rrggbb": 0 is black, 1 is white. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How well white text stands out on a colour: 1 to 21. */
export const contrastWithWhite = (color: string): number => 1.05 / (luminance(color) + 0.05)
