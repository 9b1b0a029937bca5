import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  Tooltip,
} from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip)

/** What bars are filled with, in their order; each stands out from the page in light and in dark. */
const FILLS = ['--color-primary', '--color-accent', '--color-info']
const LEGEND_FROM = 2
const MOST_TICKS = 8

const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

/** The theme's colours as the library reads them: it knows no oklch(). */
function colour(name, alpha = 1) {
  probe.clearRect(0, 0, 1, 1)
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name)
  probe.fillRect(0, 0, 1, 1)
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`
}

const textOf = (node) => node.textContent.trim().replace(/\s+/g, ' ')

/** A date on an axis: its year takes room and tells little. */
const withoutYear = (label) => label.replace(/[/ ]\d{4}\b/, '')

/** A row is a bar or a stack of bars; each further column is a series. */
function figuresOf(table) {
  const [, ...series] = [...table.tHead.rows[0].cells].map(textOf)
  const rows = [...table.tBodies[0].rows].map(({ cells: [label, ...values] }) => ({
    label: textOf(label),
    values: values.map((cell) => Number(cell.dataset.value)),
    texts: values.map(textOf),
  }))
  return { series, rows }
}

/** @param {{ layout: 'columns' | 'bars', currency: string, locale: string }} options */
export function drawChart(canvas, table, { layout, currency, locale }) {
  const { series, rows } = figuresOf(table)
  const isBars = layout === 'bars'
  const [valueAxis, labelAxis] = isBars ? ['x', 'y'] : ['y', 'x']
  const muted = colour('--color-base-content', 0.7)
  const short = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  })
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: rows.map(({ label }) => withoutYear(label)),
      datasets: series.map((label, at) => ({
        label,
        data: rows.map(({ values }) => values[at]),
        backgroundColor: colour(FILLS[at]),
        hoverBackgroundColor: colour(FILLS[at], 0.8),
        borderRadius: 2,
        maxBarThickness: isBars ? 22 : 40,
      })),
    },
    options: {
      animation: false,
      indexAxis: labelAxis,
      maintainAspectRatio: false,
      locale,
      font: { family: getComputedStyle(document.body).fontFamily },
      interaction: { mode: 'index', axis: labelAxis, intersect: false },
      scales: {
        [valueAxis]: {
          stacked: true,
          beginAtZero: true,
          border: { display: false },
          grid: { color: colour('--color-base-300') },
          ticks: {
            color: muted,
            maxTicksLimit: isBars ? 4 : 5,
            callback: (value) => short.format(value),
          },
        },
        [labelAxis]: {
          stacked: true,
          border: { color: colour('--color-base-300') },
          grid: { display: false },
          ticks: { color: muted, maxRotation: 0, autoSkip: !isBars, maxTicksLimit: MOST_TICKS },
        },
      },
      plugins: {
        legend: {
          display: series.length >= LEGEND_FROM,
          position: 'bottom',
          labels: { color: muted, boxWidth: 12, boxHeight: 12 },
        },
        tooltip: {
          callbacks: {
            title: ([{ dataIndex }]) => rows[dataIndex].label,
            label: ({ datasetIndex, dataIndex, dataset }) =>
              `${dataset.label}: ${rows[dataIndex].texts[datasetIndex]}`,
          },
        },
      },
    },
  })
}
