import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

test('.env.example has each setting that the app reads, after a line that explains it', ({
  assert,
}) => {
  const read = readFileSync(app.makePath('start/env.ts'), 'utf8')
  const settings = [...read.matchAll(/^ {2}([A-Z_]+): Env\.schema/gm)].map(([, name]) => name)
  const example = readFileSync(app.makePath('.env.example'), 'utf8')

  assert.isAbove(settings.length, 15)
  assert.sameMembers(Object.keys(parseEnv(example)), [...settings, 'TEST_PG_URL'])
  const groups = example.split(/^(?=#)/m).filter((part) => /^[A-Z]/m.test(part))
  const bare = groups.flatMap((part) => part.match(/^[A-Z_]+(?==)/gm)!.slice(2))
  assert.isEmpty(bare, 'no more than two settings share an explanation')
})
