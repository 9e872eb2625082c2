/** What the campus answers, by name. */
export type Asset = 'CP' | 'SUN'

export interface Site {
  demo: boolean
  demo_accounts: { kind: 'student' | 'manager' | 'till'; username: string; password: string }[]
  languages: string[]
}

export interface Me {
  uid: string
  username: string
  nickname: string | null
  language: 'ko' | 'en' | 'zh-hans' | null
  roles: { kind: 'MANAGER' | 'TILL' | 'ORGANISER'; place_uid: string }[]
  room: { uid: string; number: string; residence: string; bill_mode: BillMode } | null
  campus: {
    uid: string
    name: string
    time_zone: string
    currency: string
    minor_digits: number
    is_demo: boolean
    close_hour: number
    today: string
  } | null
}

export type BillMode = 'CHARGED' | 'PREPAID' | 'SHADOW'
export type Part = 'ENROLLED' | 'COMPARISON' | null

export interface Projection {
  ends_on: string
  saved_wh: number
  low_wh: number
  high_wh: number
}

export interface Home {
  day: string | null
  closes_at: string | null
  yesterday: {
    wh: number | null
    amount: number | null
    my_share: number | null
    status: string
    expected_wh: number | null
    percent: number | null
    verdict: string | null
  } | null
  part: Part
  balances: Record<Asset, number>
  drops_ripe: number
  rank: { rank: number; rooms: number } | null
  coupons_ready: number
  projection: Projection | null
  mode: BillMode | null
}

export interface DayRow {
  day: string
  wh: number | null
  status: string
  expected_wh: number | null
  away: boolean | null
  amount: number | null
}

export interface Days {
  meter: { serial: string; simulated: boolean; hourly: boolean } | null
  days: DayRow[]
}

export interface DaySource {
  day: string
  status: string
  wh: number | null
  meter: { serial: string; simulated: boolean } | null
  intervals: { starts_at: string; wh: number | null; quality: string }[] | null
  revisions: {
    revision: number
    wh: number | null
    status: string
    told_at: string
    delivery: { uid: string; name: string; received_at: string; line: number | null } | null
  }[]
}

export interface Bill {
  day: string
  mode: BillMode
  currency: string
  minor_digits: number
  wh: number
  amount: number
  my_share: number | null
  shares: { me: boolean; name: string | null; landlord: boolean; amount: number }[]
  split: { people: number; carry_explained: string }
  tariff: { uid: string; name: string; valid_from: string; plan: string }
  lines: { id: string; label: string; amount: string; cycle_amount: string; how: { text: string }[] }[]
  tier: { now: number; of: number; kwh_left: string | null } | null
  cycle: { starts_on: string; days: number; day_number: number; wh: number; amount: number }
  revision: number
  revisions: { revision: number; amount: number; use_revision: number }[]
}

export interface MonthBill {
  starts_on: string
  ends_on: string
  wh: number
  amount: number
  my_share: number | null
  mode: BillMode
  days: { day: string; wh: number; amount: number; my_share: number | null }[]
  lines: { id: string; label: string; cycle_amount: string }[]
  complete: boolean
}

export interface Savings {
  part: Part
  latest: {
    day: string
    expected_wh: number
    actual_wh: number | null
    saved_wh: number | null
    verdict: string
    percent: number | null
  } | null
  settlements: {
    starts_on: string
    ends_on: string
    expected_wh: number
    actual_wh: number
    settled_wh: number
    co2_g: number
    revision: number
    cp: number | null
  }[]
  projection: Projection | null
  method: string[]
  baseline: { version: number | string; level_wh: number; history_days: number; comparison_rooms: number } | null
  factor: { kg_per_kwh: string; gas: string; year: number; source: string } | null
}

export interface RankGroup {
  top: { rank: number; label: string | null; me: boolean; saved_wh_per_person: number }[]
  rooms?: number
}

export interface Rankings {
  day: string | null
  part: Part
  mine: { rank: number; rooms: number; saved_wh_per_person: number; days: number } | null
  reason: 'missing_days' | 'comparison' | 'too_few' | null
  residence: RankGroup | null
  campus: RankGroup | null
}

export interface Page<T> {
  next: string | null
  previous: string | null
  results: T[]
}

export interface WalletEntry {
  id: number | string
  asset: Asset
  amount: number
  balance: number
  code: string
  label: string
  effective_on: string
  posted_at: string
  reverses: number | string | null
  corrected_by: number | string | null
  source: { kind: string; id: string }
}

export interface TrailStep {
  kind: 'award' | 'settlement' | 'estimate' | 'reading' | 'coupon' | 'activity' | 'item' | 'correction'
  title: string
  detail: string
  facts: Record<string, unknown>
  link: string | null
}

export interface WalletEntryDetail extends WalletEntry {
  trail: TrailStep[]
}

export interface Offer {
  uid: string
  title: string
  about: string
  icon: string
  price_cp: number
  cafe: { uid: string; name: string }
  left: number | null
  closes_at: string | null
  valid_days: number
}

export interface CouponRow {
  uid: string
  title: string
  icon: string
  cafe: { uid: string; name: string } | string
  state: 'ISSUED' | 'REDEEMED' | 'EXPIRED' | 'CANCELLED' | 'VOIDED'
  bought_at: string
  expires_at: string
  price_cp: number
  redeemed_at: string | null
}

export interface CouponDetail extends CouponRow {
  secret?: string | null
  kid?: string | null
  generation?: number | null
  handle?: string | null
  step_seconds?: number | null
  server_time?: string | null
}

export interface Activity {
  uid: string
  title: string
  about: string
  place: string
  starts_at: string
  ends_at: string
  capacity: number
  joined: number
  state: string
  host: { name: string | null; me: boolean }
  mine: string | null
  reward: { cp: number; sun: number }
}

export interface ActivityDetail extends Activity {
  participants?: { uid: string; name: string | null; state: string }[] | null
}

export interface DeliveryRow {
  uid: string
  name: string
  format: string
  state: string
  reason: string
  reason_text: string
  accepted_rows: number
  duplicate_rows: number
  refused_rows: number
  first_day: string | null
  last_day: string | null
  way: string
  received_at: string
}

export interface DeliveryReport extends DeliveryRow {
  report: { line: number; code: string; message: string }[]
  revised_days?: string[]
}

export interface ManagedRoom {
  uid: string
  number: string
  floor: string
  type: string
  people: number
  part: Part
  wh: number | null
  status: string
  expected_wh: number | null
  amount: number | null
  meter_serial: string | null
  last_reading_day: string | null
  issues: number
}

export interface ManagedRooms {
  day: string | null
  rooms: ManagedRoom[]
}

export interface RoomDrawer extends ManagedRoom {
  residents: number
  days: DayRow[]
  meter: Record<string, unknown> | null
  issues_found: { code: string; day: string; facts: Record<string, unknown>; message: string }[]
}

export interface Today {
  day: string | null
  residence: { uid: string; name: string }
  residences: { uid: string; name: string }[]
  wh_total: number
  rooms: number
  actual: number
  missing: number
  suspect: number
  expected_wh_total: number | null
  pv_wh: number | null
  deliveries_last: DeliveryRow | null
  nights: Night[]
  issues: { code: string; day: string; room: string | null; message: string }[]
}

export interface Night {
  day: string
  state: string
  steps?: { name: string; state: string; told_at?: string | null }[]
}

export interface Redemption {
  uid: string
  verdict: string
  item: string
  holder: string | null
  redeemed_at: string
  cafe: string
}

export interface Till {
  day: string
  cafe: string
  count: number
  value_minor: number
  currency: string
  minor_digits: number
  redemptions: { uid: string; at: string; item: string; holder: string | null; value_minor: number }[]
}
