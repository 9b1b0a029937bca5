import type { Schedule } from '#app/core/work/schedule'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'

/** What runs by itself: `every` is business seconds between two starts, or a UTC time "03:30". */
const schedules: Schedule[] = [
  { name: 'charges.resume', every: 30, run: async () => void (await new ResumeCharges().handle()) },
]

export default schedules
