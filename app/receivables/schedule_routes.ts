import router from '@adonisjs/core/services/router'
import { tenantPage } from '#start/kernel'

const SchedulesController = () => import('#app/receivables/controllers/schedules_controller')
const ScheduleStatesController = () =>
  import('#app/receivables/controllers/schedule_states_controller')

router
  .group(() => {
    router.resource('schedules', SchedulesController).only(['index', 'create', 'store', 'show'])
    router
      .put('schedules/:id/state', [ScheduleStatesController, 'update'])
      .as('schedules.state.update')
  })
  .prefix('/t/:slug')
  .use(tenantPage())
