// Checks the Node version first: on an older one the framework dies without a word.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(`Repasse needs Node 24, this is ${process.version}. Use: npm run demo`)
  process.exit(1)
}
await import('@poppinss/ts-exec')
await import('./demo.js')
