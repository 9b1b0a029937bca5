// Runs in a process of its own: the package unpacks into the temporary folder and nowhere else, and
// takes any `chromium` that it finds there. Its caller sets TMPDIR to an empty folder.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium, { inflate } from '@sparticuz/chromium'

await chromium.executablePath()
// Libraries that a small system lacks: libnss3, libnspr4, libexpat.
const packed = new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))
await inflate(fileURLToPath(packed))

// The package's own fonts.conf names folders outside of this one.
writeFileSync(
  join(tmpdir(), 'fonts', 'fonts.conf'),
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`
)
