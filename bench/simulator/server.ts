/** The simulator alone in a process, which tells what processor time it has used. */
import { startSimulator } from '../../app/simulator/main.js'

const [file, appUrl] = process.argv.slice(2)
const simulator = await startSimulator({ file, appUrl })

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send!({ cpuMs: (user + system) / 1000, bytes: process.memoryUsage().rss })
})
process.on('SIGTERM', () => void simulator.close().then(() => process.exit(0)))
process.send!({ url: simulator.url })
