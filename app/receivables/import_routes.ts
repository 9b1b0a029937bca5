import router from '@adonisjs/core/services/router'
import { tenantPage, tenantUpload } from '#start/kernel'
import { importKindNames } from '#app/receivables/imports/kinds'
import { MOST_MEGABYTES } from '#app/receivables/imports/file_format'

const ImportsController = () => import('#app/receivables/controllers/imports_controller')
const TemplatesController = () => import('#app/receivables/controllers/import_templates_controller')
const ProblemsController = () => import('#app/receivables/controllers/import_problems_controller')
const ConfirmationsController = () =>
  import('#app/receivables/controllers/import_confirmations_controller')
const DiscardsController = () => import('#app/receivables/controllers/import_discards_controller')

const kind = new RegExp(`^(${importKindNames.join('|')})$`)

router
  .group(() => {
    router.get('/:id', [ImportsController, 'show']).as('imports.show')
    router.get('/:id/problems.csv', [ProblemsController, 'index']).as('imports.problems')
    router.post('/:id/confirmation', [ConfirmationsController, 'store']).as('imports.confirm')
    router.post('/:id/discard', [DiscardsController, 'store']).as('imports.discard')
    router.get('/:kind/new', [ImportsController, 'create']).where('kind', kind).as('imports.create')
    router
      .get('/:kind/template.csv', [TemplatesController, 'show'])
      .where('kind', kind)
      .as('imports.template')
  })
  .prefix('/t/:slug/imports')
  .use(tenantPage())

router
  .post('/t/:slug/imports/:kind', [ImportsController, 'store'])
  .where('kind', kind)
  .as('imports.store')
  .use(tenantUpload({ field: 'file', mostMegabytes: MOST_MEGABYTES }))
