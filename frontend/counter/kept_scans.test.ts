import { expect, it } from 'vitest'

import { KeptScans, MOST, type Shelf } from './kept_scans.ts'

class Drawer implements Shelf {
  held = new Map<string, string>()
  getItem = (name: string) => this.held.get(name) ?? null
  setItem = (name: string, value: string) => void this.held.set(name, value)
}

it('gives a code that is still on its way its first key again', () => {
  const drawer = new Drawer()
  new KeptScans(drawer).keep({ key: 'a', code: 'C1.X', at: 1 })
  expect(new KeptScans(drawer).keep({ key: 'b', code: 'C1.X', at: 2 }).key).toBe('a')
  expect(new KeptScans(drawer).all).toHaveLength(1)
})

it('lets a code go when its answer came', () => {
  const scans = new KeptScans(new Drawer())
  scans.keep({ key: 'a', code: 'C1.X', at: 1 })
  scans.settle('a')
  expect(scans.all).toEqual([])
})

it('says when an outage holds no more', () => {
  const scans = new KeptScans(new Drawer())
  for (let n = 0; n < MOST; n++) scans.keep({ key: `${n}`, code: `C${n}`, at: n })
  expect(scans.full).toBe(true)
})

it('starts anew when the drawer was spoiled', () => {
  const drawer = new Drawer()
  drawer.setItem('campus.counter.scans', '{oops')
  expect(new KeptScans(drawer).all).toEqual([])
})
