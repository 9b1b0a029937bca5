/** One import of so many lines in this process: `once.ts <engine> <kind> <lines>`. */
import { prepareDatabase } from '../ledger/database.js'

const [engine, kind, lines] = process.argv.slice(2)
const database = await prepareDatabase({
  ...{ engine: engine as 'sqlite' | 'pg', rounds: 1, seconds: 1, clients: 1, tenants: 1 },
})
try {
  // Imported once the environment is set: the app reads it as it boots.
  const { boot } = await import('#tests/support/boot')
  const app = await boot(async () => {
    const { migrate } = await import('#tests/support/database')
    const { measureImport } = await import('./measure.js')
    await migrate()
    const figures = await measureImport({ folder: database.folder, kind, lines: Number(lines) })
    console.log(JSON.stringify(figures))
  })
  await app.terminate()
} finally {
  await database.drop()
}
