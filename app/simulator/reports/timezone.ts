/** Hours from UTC of `GMT-04`: whole ones, without daylight saving. */
export function offsetHoursOf(timezone: string): number {
  return Number(timezone.slice('GMT'.length))
}
