import { expect, it } from 'vitest'

import type { Till } from '$shared/api/shapes.ts'
import { cell, daySheet } from './day_sheet.ts'

const use = (at: string, item: string, undone_at: string | null = null) => ({
  uid: at, at, item, holder: 'Mina', value_minor: 3_000, undone_at, here: true, undo_until: at, void_until: at,
})
const day = {
  day: '2026-03-02', cafe: 'Corner', count: 1, value_minor: 3_000, currency: 'KRW', minor_digits: 0, unpaid_minor: 0,
  next_payment_on: null, conflicts: 0, offers: [], redemptions: [use('2', 'Tea', '3'), use('1', 'Cake, small')],
} satisfies Till

it('lists the uses from the first to the last; one that was undone is worth nothing', () => {
  expect(daySheet(day, ['a', 'b'], (at) => `0${at}:00`, 'undone').slice(1).split('\r\n')).toEqual([
    'a,b',
    '2026-03-02,01:00,"Cake, small",3000,KRW,',
    '2026-03-02,02:00,Tea,0,KRW,undone',
    '',
  ])
})

it.each(['=1+1', '+1', '-1', '@now', '\tx'])('hands no spreadsheet the formula %j', (text) => {
  expect(cell(text)).toBe(`'${text}`)
})

it('keeps quotes as quotes', () => {
  expect(cell('a "b"')).toBe('"a ""b"""')
})
