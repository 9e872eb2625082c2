import { expect, it } from 'vitest'

import { type KeptScan, KeptScans, MOST, type Shelf } from './kept_scans.ts'

class Drawer implements Shelf {
  held = new Map<string, KeptScan>()
  all = () => Promise.resolve([...this.held.values()])
  put = (scan: KeptScan) => Promise.resolve(void this.held.set(scan.key, scan))
  drop = (key: string) => Promise.resolve(void this.held.delete(key))
}

it('gives a code that is still on its way its first key and its first moment again', async () => {
  const drawer = new Drawer()
  const first = { key: 'a', code: 'C1.X', at: 1 }
  await new KeptScans(drawer).keep(first)
  expect(await new KeptScans(drawer).keep({ key: 'b', code: 'C1.X', at: 2 })).toEqual(first)
  expect(await new KeptScans(drawer).all()).toEqual([first])
})

it('keeps one of two scans of the same code that come at once', async () => {
  const scans = new KeptScans(new Drawer())
  const kept = await Promise.all(['a', 'b', 'c'].map((key) => scans.keep({ key, code: 'C1.X', at: 1 })))
  expect(kept.map((scan) => scan?.key)).toEqual(['a', 'a', 'a'])
})

it('lets a code go when its answer came', async () => {
  const scans = new KeptScans(new Drawer())
  await scans.keep({ key: 'a', code: 'C1.X', at: 1 })
  await scans.settle('a')
  expect(await scans.all()).toEqual([])
})

it('hands them out in the order in which they were read', async () => {
  const scans = new KeptScans(new Drawer())
  for (const at of [3, 1, 2]) await scans.keep({ key: `${at}`, code: `C${at}`, at })
  expect((await scans.all()).map((scan) => scan.at)).toEqual([1, 2, 3])
})

it('keeps no more than one outage may hold', async () => {
  const drawer = new Drawer()
  const scans = new KeptScans(drawer)
  for (let n = 0; n < MOST; n++) await scans.keep({ key: `${n}`, code: `C${n}`, at: n })
  expect(await scans.keep({ key: 'more', code: 'C-more', at: MOST })).toBeUndefined()
  expect(drawer.held.size).toBe(MOST)
})
