import type { Schedule } from '#app/core/work/schedule'

/** What runs by itself: `every` is business seconds between two starts, or a UTC time "03:30". */
const schedules: Schedule[] = []

export default schedules
