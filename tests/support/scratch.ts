import { join } from 'node:path'

/** A path for a file of this test run; it goes when the run ends. */
export const scratchPath = (name: string): string => join(process.env.TEST_FOLDER as string, name)
