import fc from 'fast-check'

/** `npm test -- --long` (or LONG=1): as many runs as a night allows. */
export const isLong = process.argv.includes('--long') || Boolean(process.env.LONG)

const seed = Number(process.env.SEED) || Date.now() % 2 ** 31
let announced = false

/** Runs a property 300 times (`--long`: 10,000), or fewer where each run is slow. */
export async function holds<Values extends unknown[]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  check: (...values: Values) => Promise<void> | void,
  { runs = 300, longRuns = 10_000 } = {}
): Promise<void> {
  if (!announced) console.log(`      properties: SEED=${seed}`)
  announced = true
  const property = fc.asyncProperty(
    ...(arbitraries as [fc.Arbitrary<unknown>]),
    async (...values) => {
      await check(...(values as unknown as Values))
    }
  )
  await fc.assert(property, { seed, numRuns: isLong ? longRuns : runs })
}
