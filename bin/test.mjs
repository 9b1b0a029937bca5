// Checks the Node version first: on an older one the framework dies without a word.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(`Repasse needs Node 24, this is ${process.version}. Use: npm test`)
  process.exit(1)
}
await import('@poppinss/ts-exec')
const flags = process.argv.slice(2)
const isWhole = flags.every((flag) => flag === '--pg' || flag === '--long')
// A database that was named is one: two runs would empty it under each other.
const isAlone = flags.includes('--pg') && Boolean(process.env.TEST_PG_URL)
await (isWhole && !isAlone ? import('../scripts/test_halves.js') : import('./test.js'))
