/** What the campus answers, by name; the shapes themselves come from its own description. */
import type { paths } from '$shared/generated/schema'

type Body<Answer> = Answer extends { content: { 'application/json': infer Json } } ? Json : never
type Got<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Answer } } } ? Body<Answer> : never
type Done<Path extends keyof paths, Status extends 200 | 201> = paths[Path] extends { post: { responses: Record<Status, infer Answer> } }
  ? Body<Answer>
  : never
type Row<Page> = Page extends { results: (infer One)[] } ? One : never

export interface Page<T> {
  next?: string | null
  previous?: string | null
  results: T[]
}

export type Asset = 'CP' | 'SUN'

export type Site = Got<'/api/v1/site/'>
export type Me = Got<'/api/v1/me/'>
export type BillMode = NonNullable<Me['room']>['bill_mode']

export type Home = Got<'/api/v1/home/'>
export type Days = Got<'/api/v1/energy/days/'>
export type DayRow = Days['days'][number]
export type DaySource = Got<'/api/v1/energy/days/{day}/source/'>
export type Bill = Got<'/api/v1/bills/days/{day}/'>
export type BillMonth = Got<'/api/v1/bills/months/{month}/'>
export type Outlook = Got<'/api/v1/bills/now/'>
export type Savings = Got<'/api/v1/savings/'>
export type SunlightFlows = Got<'/api/v1/game/economy/'>
export type Rankings = Got<'/api/v1/rankings/'>
export type RankBoard = NonNullable<Rankings['rooms']>
export type Period = Rankings['period']
export type ManagedRankings = Got<'/api/v1/manage/rankings/'>
export type Foresight = Got<'/api/v1/manage/savings/foresight/'>
export type PlaceboWeek = Got<'/api/v1/savings/placebo/'>[number]
export type ManagedPlaceboWeek = Got<'/api/v1/manage/savings/placebo/'>[number]
export type Credit = Got<'/api/v1/savings/settlements/{starts_on}/'>
export type Forecast = Got<'/api/v1/energy/forecast/'>
export type Tips = Got<'/api/v1/tips/'>
export type Tip = NonNullable<Tips['today']>

export type NewsPage = Got<'/api/v1/notices/'>
export type Unread = Got<'/api/v1/notices/bell/'>
export type Topics = Got<'/api/v1/notices/topics/'>

export type WalletEntry = Row<Got<'/api/v1/wallet/entries/'>>
export type WalletEntryDetail = Got<'/api/v1/wallet/entries/{entry_id}/'>
export type TrailStep = WalletEntryDetail['trail'][number]

export type Objection = Row<Got<'/api/v1/wallet/objections/'>>
export type Budget = Got<'/api/v1/budget/'>

export type Offer = Got<'/api/v1/offers/'>[number]
export type CouponRow = Row<Got<'/api/v1/coupons/'>>
export type CouponDetail = Got<'/api/v1/coupons/{uid}/'>

export type RoomMate = Got<'/api/v1/coupons/{uid}/room-mates/'>[number]
export type Blackout = CouponRow['blackouts'][number]

export type Activity = Row<Got<'/api/v1/activities/'>>
export type ActivityDetail = Got<'/api/v1/activities/{uid}/'>

export type Today = Got<'/api/v1/manage/today/'>
export type Night = Today['nights'][number]
export type ManagedRooms = Got<'/api/v1/manage/rooms/'>
export type ManagedRoom = ManagedRooms['rooms'][number]
export type RoomDrawer = Got<'/api/v1/manage/rooms/{uid}/'>
export type DeliveryRow = Row<Got<'/api/v1/manage/deliveries/'>>
export type DeliveryReport = Got<'/api/v1/manage/deliveries/{uid}/'>
export type TakenIn = Done<'/api/v1/manage/deliveries/', 201>

export type Campaign = Got<'/api/v1/manage/campaigns/'>[number]
export type ManagedOffer = Got<'/api/v1/manage/offers/'>[number]
export type ManagedBudget = Got<'/api/v1/manage/budget/'>
export type ManagedStatements = Got<'/api/v1/manage/statements/'>
export type Owed = ManagedStatements['cafes'][number]
export type ManagedUses = Got<'/api/v1/manage/redemptions/'>
export type ManagedUse = ManagedUses['redemptions'][number]
export type RefusedScans = Got<'/api/v1/manage/refused-scans/'>
export type Cafes = Got<'/api/v1/manage/cafes/'>
export type CafePage = Cafes['cafes'][number]
export type TillDevice = CafePage['tills'][number]
export type Terms = Got<'/api/v1/manage/terms/'>
export type EarningRule = Terms['rules'][number]
export type ManagedObjection = Row<Got<'/api/v1/manage/objections/'>>
export type ManagedObjectionDetail = Got<'/api/v1/manage/objections/{uid}/'>

export type Announcements = Got<'/api/v1/manage/announcements/'>
export type Announced = Announcements['results'][number]
export type NewAnnouncement = paths['/api/v1/manage/announcements/']['post']['requestBody']['content']['application/json']

export type WatchedActivities = Got<'/api/v1/manage/activities/'>
export type WatchedActivity = WatchedActivities['results'][number]

export type Tariffs = Got<'/api/v1/manage/tariffs/'>
export type TariffVersion = Tariffs['plans'][number]['versions'][number]
export type TariffCheck = Done<'/api/v1/manage/tariffs/check/', 200>
export type TariffTrial = Done<'/api/v1/manage/tariffs/try/', 200>
export type RunningLow = Got<'/api/v1/manage/balances/'>
export type Adjustments = Got<'/api/v1/manage/adjustments/'>
export type AdjustmentRow = Adjustments['results'][number]
export type BillQuestions = Got<'/api/v1/manage/bill-objections/'>

export type Redemption = Done<'/api/v1/counter/redemptions/', 201>
export type Till = Got<'/api/v1/counter/today/'>
export type Use = Till['redemptions'][number]
export type OwnStatements = Got<'/api/v1/counter/statements/'>
export type Statement = OwnStatements['statements'][number]
export type Conflict = Got<'/api/v1/counter/conflicts/'>[number]

export type SavingDesk = Got<'/api/v1/manage/savings/'>
export type SavingTerm = SavingDesk['terms'][number]
export type WeatherWarning = Got<'/api/v1/manage/savings/warnings/'>[number]
export type WelfareNote = Got<'/api/v1/manage/welfare/'>[number]
export type Rehearsals = Got<'/api/v1/manage/rehearsals/'>
export type Rehearsal = Rehearsals['rehearsals'][number]
export type Ramp = Rehearsal['asked']['ramp']
export type Trial = paths['/api/v1/manage/rehearsals/']['post']['requestBody']['content']['application/json']

export type Meters = Got<'/api/v1/manage/meters/'>
export type MeterRow = Meters['meters'][number]
export type MeterHistory = Got<'/api/v1/manage/meters/{uid}/'>
export type RoomEdits = Got<'/api/v1/manage/rooms/{uid}/edits/'>
export type SourceProfile = Got<'/api/v1/manage/profiles/'>[number]
export type Watch = Got<'/api/v1/manage/watch/'>
export type CrossedRow = Watch['suspicions'][number]
export type Corrections = Got<'/api/v1/manage/corrections/'>
export type CorrectionRow = Corrections['waiting'][number]
export type Outcome = Done<'/api/v1/manage/corrections/preview/', 200>
export type OwnMeter = Got<'/api/v1/energy/meter/'>
export type DeviceKey = Got<'/api/v1/manage/device-keys/'>[number]
export type IssuedKey = Done<'/api/v1/manage/device-keys/', 201>

export type Audit = Got<'/api/v1/manage/audit/'>
export type Act = Audit['results'][number]
