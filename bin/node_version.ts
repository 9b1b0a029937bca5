// Imported first: an older Node fails later, at whatever it does not know.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Repasse needs Node 24 or newer, this is ${process.version}.`)
  process.exit(1)
}
