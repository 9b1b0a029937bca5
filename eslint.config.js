import { configApp } from '@adonisjs/eslint-config'
import { insideModule } from './eslint/inside_module.js'
import { moduleMap } from './eslint/module_map.js'
import { tenantRows } from './eslint/tenant_rows.js'

const house = { rules: { 'inside-module': insideModule, 'tenant-rows': tenantRows } }

export default configApp(
  ...moduleMap,
  {
    files: ['app/**/*.ts'],
    plugins: { house },
    rules: { 'house/inside-module': 'error' },
  },
  {
    files: ['app/**/*.ts', 'commands/**/*.ts', 'start/**/*.ts'],
    ignores: ['app/simulator/**'],
    plugins: { house },
    rules: { 'house/tenant-rows': 'error' },
  },
  {
    // One value of a row that was just read is what most assertions are about.
    files: ['tests/**/*.ts'],
    rules: { '@unicorn/no-await-expression-member': 'off' },
  }
)
