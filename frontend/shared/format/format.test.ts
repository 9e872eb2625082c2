import { describe, expect, it } from 'vitest'

import { co2, kwh, money, moneyParts, percent, signed, upTo } from './numbers.ts'
import { addDays, clock, day, daysBetween, isDay, localDay } from './times.ts'

describe('energy', () => {
  it('is written with a no-break space and one decimal', () => {
    expect(kwh(3412, 'en')).toBe('3.4\u00a0kWh')
    expect(kwh(3412, 'ko')).toBe('3.4\u00a0kWh')
  })
  it('keeps two decimals below one kilowatt-hour and none from a hundred', () => {
    expect(kwh(412, 'en')).toBe('0.41\u00a0kWh')
    expect(kwh(123_456, 'en')).toBe('123\u00a0kWh')
    expect(kwh(0, 'en')).toBe('0.0\u00a0kWh')
  })
  it('turns grams into kilograms', () => {
    expect(co2(1234, 'en')).toBe('1.2\u00a0kg CO₂e')
    expect(co2(80, 'en')).toBe('80\u00a0g CO₂e')
  })
})

describe('money', () => {
  it('has no decimals in won and two in yuan', () => {
    expect(money(412, 'KRW', 'ko')).toBe('₩412')
    expect(money(412, 'CNY', 'zh-Hans')).toBe('¥4.12')
  })
  it('splits into a large figure and a small unit', () => {
    expect(moneyParts(-1412, 'KRW', 'en')).toEqual({ value: '−1,412', unit: '₩', unitFirst: true })
  })
})

describe('numbers', () => {
  it('shows the direction of a change with a true minus', () => {
    expect([signed(12, 'en'), signed(-12, 'en'), signed(0, 'en')]).toEqual(['+12', '−12', '0'])
  })
  it('shows the digits a decimal has, and the true minus', () => {
    expect([upTo(31, 'en', 2), upTo(-2.5, 'en', 2), upTo(6341.04, 'en', 2)]).toEqual(['31', '−2.5', '6,341.04'])
  })
  it('rounds a share to whole percent', () => {
    expect([percent(0.084, 'en'), percent(0.084, 'en', 1)]).toEqual(['8%', '8.4%'])
  })
})

describe('times', () => {
  it('shows the clock of the campus in 24 hours, whatever the phone says', () => {
    expect(clock('2026-03-01T15:30:00Z', 'en', 'Asia/Seoul')).toBe('00:30')
    expect(clock('2026-03-01T05:02:00Z', 'ko', 'Asia/Seoul')).toBe('14:02')
  })
  it('never moves a day by a time zone', () => {
    expect(day('2026-03-01', 'en', { day: 'numeric', month: 'short' })).toBe('1 Mar')
  })
  it('finds the local day of an instant', () => {
    expect(localDay('2026-03-01T15:30:00Z', 'Asia/Seoul')).toBe('2026-03-02')
  })
  it('knows what is no day', () => {
    expect(['2028-02-29', '2026-02-29', '2026-13-01', '2026-3-1', 'today', undefined].map(isDay)).toEqual([true, false, false, false, false, false])
  })
  it('counts days over the end of a month', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  })
})
