/** The pure half of the bar chart: from values to places on the screen. */
export type BarState = 'actual' | 'estimated' | 'missing' | 'partial'

export interface Bar {
  key: string
  /** Short text under the bar; empty where there is no room. */
  axis: string
  /** The full name for the table and the ear. */
  name: string
  value: number | null
  state: BarState
  usual?: number | null
}

/** Round steps for the lines of the grid: 1, 2, 2.5 or 5 times a power of ten, two to four lines. */
export function gridSteps(largest: number): number[] {
  if (largest <= 0) return []
  const power = 10 ** Math.floor(Math.log10(largest))
  const step = [0.25, 0.5, 1, 2].map((factor) => factor * power).find((size) => largest / size <= 4.0001) ?? power * 2.5
  const count = Math.floor(largest / step + 1e-9)
  return Array.from({ length: count }, (_, index) => (index + 1) * step)
}

/** The largest value that has to fit, with a little air. */
export function ceiling(bars: readonly Bar[]): number {
  const values = bars.flatMap((bar) => [bar.value ?? 0, bar.usual ?? 0])
  return Math.max(...values, 0) * 1.12
}

/** The line of the usual: an SVG path through the middle of each bar, broken where it is unknown. */
export function usualPath(bars: readonly Bar[], x: (index: number) => number, y: (value: number) => number): string {
  let pen = 'M'
  return bars
    .map((bar, index) => {
      if (bar.usual == null) {
        pen = 'M'
        return ''
      }
      const point = `${pen}${x(index).toFixed(1)} ${y(bar.usual).toFixed(1)}`
      pen = 'L'
      return point
    })
    .join('')
}
