// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// What the API answers with (schema/openapi.json), as far as the pages read it.

export interface Problem { file: string; line: number; column: number; message: string; excerpt: string; hint: string }
export interface Stages { belief: string; futures: string; comparison: string; studies: string; brief: string }
export interface Branch { id: number; of: string; address: string; name: string; who: string; at: string }
export interface CaseRow {
  name: string; branch: Branch | null; title: string; question: string; as_of: string; handling: string; moment: number;
  problems: Problem[]; stages: Stages;
}
export interface Place { id: string; name: string; lon: number; lat: number; kind: string; controller: string | null }
export interface Route { id: string; from: string; to: string; mode: string; km: number }
export interface Sector { id: string; name: string; lon: number; lat: number; frontage_km: number; places: string[] }
export interface Contingent {
  id: string; name: string; owner: string; side: number | null; role: string; foreign: boolean;
  sector: string | null; destination: string; path: string[];
}
export interface State { id: string; text: string }
export interface Hypothesis { id: string; text: string; key_judgement: boolean; states: State[] }
/** A turn of an adaptive plan. */
export interface Signpost { when: string; from: string; by: string; instead: boolean; then: string[]; otherwise: string[] }
/** A portfolio where it is `of` others, an adaptive plan where it has signposts. */
export interface Option { id: string; name: string; text: string; gated: boolean; of: string[]; signposts: Signpost[] }
export interface Case extends CaseRow {
  first_week: string; horizon_weeks: number;
  sides: { id: string; name: string; lead: string }[];
  actors: { id: string; name: string; kind: string; seat: string; country: string }[];
  map: { places: Place[]; routes: Route[]; sectors: Sector[]; contingents: Contingent[] };
  sources: { id: string; name: string; kind: string; grade: string; interests: string }[];
  hypotheses: Hypothesis[];
  options: Option[];
  values: { actor: string; tag: string; source: string; worth: { measure: string; worth: number; per: number; sd: number }[] }[];
  questions: { id: string; text: string; type: string; resolve_by: string; unit: string }[];
  calendar: { date: string; text: string; kind: string; p: number | null }[];
}
export interface Saying { hypothesis?: string; states?: string[]; strength_of?: string; at?: string; count?: number }
export interface Report {
  id: string; published: string; source: string; via: string; kind: string; aspect: string; place: string | null;
  lon: number | null; lat: number | null; claim: string; says: Saying[]; lineage: string[]; answers: string[];
  grade: string; handling: string; struck: boolean; p_true: number | null; p_staged: number | null;
}
export interface Linchpin { kind: string; id: string; change: string; chance: number | null; turns: string; leading: string; p: number; word: string }
export interface Judged {
  id: string; states: { id: string; p: number; low: number; high: number }[]; leading: string; word: string;
  confidence: string; confidence_reason: string; origins: number; linchpins: Linchpin[];
}
export interface Task { task: string; information_bits: number; added_bits: number; cost: number; hypothesis?: string }
export interface Analysts {
  pool: string; band: number;
  views: { id: string; name: string; weight: number; incoherence: number;
    hypotheses: { id: string; date: string; states: { id: string; stated: number | null; p: number }[]; from_pool: number; from_engine: number; dissents: boolean }[] }[];
  hypotheses: { id: string; states: { id: string; p: number; low: number; high: number; engine: number }[]; disagreement: number; farthest_from_engine: { analyst: string; distance: number }; dissent: string[] }[];
}
export interface Belief {
  analysts?: Analysts;
  as_of: string; moment: number; whole: boolean; reasons: boolean; method: string; hypotheses: Judged[];
  sources: { id: string; grade: string; p_honest: number; p_careless: number; p_controlled: number }[];
  path: { day: string; hypothesis: string; state: string; p: number }[];
  collection: Task[];
}
export interface Reasons {
  id: string; whole: boolean;
  weights: { report: string; state: string; db: number }[];
  source_weights: { source: string; state: string; db: number }[];
  diagnosticity: { report: string; db: number }[];
}
export interface Strength {
  day: string; contingent: string; place: string; stage: string; mean: number; q05: number; q50: number; q95: number;
  smoothed?: { mean: number; q05: number; q95: number };
}
export interface Picture { whole: boolean; before: boolean; order_of_battle: Strength[] }
export interface Futures {
  old: boolean; options: string[]; futures: number; weeks: number; every: number; levels: number[];
  measures: { name: string; unit: string; meaning: string }[];
  variables: { variable: string; unit: string; meaning: string; entities: string[][] }[];
}
export interface SeriesRow { entities: string[]; mean: (number | null)[]; quantiles: (number | null)[][]; futures: (number | null)[][]; courses: (number | null)[][] }
export interface Series { option: string; variable: string; unit: string; levels: number[]; every: number; series: SeriesRow[]; old: boolean }
export interface StoryEvent {
  week: number; monday: string; kind: string; sentence: string; cause: string; law: string; weight: number;
  because: number[]; by: string; chance: number | null; reasons: string[];
}
export interface Story {
  option: string; future: number; outcome: Record<string, number | null>; events: StoryEvent[];
  weekly: { variable: string; entities: string[]; unit: string; values: (number | null)[] }[];
}
export interface Outcome { measure: string; unit: string; mean: number; error: number; q05: number; q25: number; q50: number; q75: number; q95: number; low: number; high: number; bins: number[] }
export interface Course { medoid: number; share: number; error: number; value: number; worst_tenth: number; silhouette: number; stability: number; marks: { measure: string; mean: number; elsewhere: number; apart: number }[] }
export interface Courses { of: string; variables: string[]; silhouette: number; reference: number; chance: number; dangerous: number; danger: Course; groups: Course[] }
export interface OptionResult {
  courses: Courses;
  id: string; rank: number; value: number; error: number; value_for: Record<string, number>;
  regret: { expected: number; error: number; worst: number; maximum: number };
  stability: { p_best: number; mean_rank: number; rank_low: number; rank_high: number };
  robustness: { regret_1: number; regret_2: number; satisficing_1: number; satisficing_2: number; pareto: boolean; pareto_actors: boolean };
  turns: { when: string; by: string; share: number; error: number; week: { q05: number; q50: number; q95: number }; value: number; otherwise: number }[];
  most_likely: number; most_dangerous: number;
  difference_to: { option: string; mean: number; error: number; share_better: number }[];
  outcomes: Outcome[];
}
export interface Hinge { kind: string; name: string; detail: string; correlation: number; flips: boolean }
/** An event whose chance turns the order of two options; `with` and `without` are the lead of the better. */
export interface Threshold {
  better: string; worse: string; event: string; question: boolean; under: string; p: number; p_error: number;
  with: number; with_error: number; without: number; without_error: number; at: number; at_error: number;
}
export interface Comparison {
  old: boolean; decision_maker: string; futures: number; undecided: boolean; ranking: string[]; options: OptionResult[];
  hinges: Hinge[];
  thresholds: Threshold[];
  weightings: { id: string; name: string; actor: string; options: { option: string; value: number; error: number; difference: number; difference_error: number; regret: number; rank: number }[] }[];
  undecided_pairs: { better: string; worse: string; p_flip: number; p_flip_worths: number; p_flip_numbers: number }[];
  collection: { task: string; decision_value: number; error: number; perfect: number }[];
  required_value: number;
  regrets: { options: string[]; share: number[]; regret: number[][] } | null;
  dominances: { over: string; under: string; order: number; violation: number }[];
  scenarios: { method: string; of: string; option: string; bounds: { input: string; low: number | null; high: number | null; reproduced: number }[]; base_rate: number; coverage: number; density: number }[];
  sensitivities: { input: string; of: string; first_order: number; error: number; direction: number }[];
  indicators: { event: string; variable: string; entities: string[]; week: number; above: boolean; threshold: number; skill: number; hit_rate: number; false_alarm_rate: number; lead_weeks: number; still_open: number; estimated: boolean; decision_value: number; error: number }[];
}
export interface Band { value: number; low: number; high: number }
export interface Decision { player: number; move: string; knows: string; reached: number; undecided: boolean; choices: { id: string; p: Band; best: number; payoffs: Band[] }[] }
export interface Game {
  id: string; name: string; players: string[]; futures: number; branches: number; bootstraps: number; weeks: number;
  type: string; p_first_type: number; payoffs: Band[]; decisions: Decision[]; lines: { choices: string[]; p: number; drawn: number }[];
  regret: number; noisy_root: number[]; lambda: number; note: string;
}
export interface Share { value: number; error: number }
export interface Package {
  id: string; terms: string; line: string; status: string; guarantee: string; force_limits: string; sanctions: string;
  monitors: boolean; foreign_out: boolean; prisoners: boolean; renewed: number; frontier: boolean;
  when: { leads: Share; all: Share; surplus: number[]; accepts: Share[] }[];
}
export interface Settlement {
  option: string; futures: number; parties: string[]; packages: Package[];
  days: { week: number; fighting: Share; leads: Share; all: Share; without: Share[]; war: number[] }[];
  points: { kind: string; day: number; package: number }[];
  plans: { option: string; name: string; package: number }[];
  moved: { kind: string; id: string; name: string; day: number; before: Share; after: Share; difference: number; error: number }[];
}
/** The options under one side of a dispute that the case holds fixed. */
export interface Theory {
  knob: string; meaning: string; at: number; held: boolean; futures: number; turns: boolean;
  options: { id: string; value: number; error: number; behind: number; behind_error: number; rank: number }[];
}
export interface Studies { old: boolean; games: Game[]; settlement: Settlement[]; theories: Theory[] }
export interface Knob { id: string; prior: string; set: string | null; low: number; high: number; unit: string; meaning: string; tag: string; source: string; known: string }
export interface Change { kind: string; target: string; value: string | object }
export interface Kept { id: number; at: string; who: string; change: Change; undone_at: string; undone_by: string }
export interface Branched extends Branch { changes: Kept[] }
export interface Shift {
  handling: string;
  hypotheses: { id: string; led: string; leads: string; word_before: string; word_after: string; bits: number | null; states: { id: string; before: number; after: number; db: number }[] }[];
  reports: { id: string; before: number; after: number }[];
  sources: { id: string; before: number; after: number }[];
}
export interface Job { id: number; case: string; stage: string; futures: number; who: string; state: string; step: string; done: number; total: number; message: string }
export interface Entry { id: number; at: string; who: string; role: string; case: string; what: string; detail: string }
export interface Session { name: string; role: 'none' | 'reader' | 'analyst' | 'admin'; open: boolean; version: string }
export interface Snapshot {
  id: number; at: string; why: string;
  judged: {
    as_of: string; hypotheses: { id: string; leading: string; word: string; states: Record<string, number> }[];
    reports: { id: string; grade: string }[]; options: { id: string; rank: number; value: number; error: number }[];
  };
}
