#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Casus authors
# SPDX-License-Identifier: Apache-2.0
"""Movement and the front once more, in NumPy and double precision, from docs/models/movement.md,
front.md and theories.md: all futures at once along the last axis. Reads what
casus/world/slow_oracle_test.cc wrote, compares, and says how long both took.
Usage: numpy_oracle.py FOLDER"""
import datetime
import json
import math
import sys
import time

import numpy as np

SPEED = {"rail": 1100.0, "road": 350.0, "sea": 450.0, "air": 4000.0}  # km a day
CLASSES = (0.65, 0.82, 1.0, 1.22, 1.5)
STOP = 0.35  # days where an edge begins
PLENTY = 0.15  # how much more is fired where stocks are many times the cover


# --- random numbers: Threefry4x32-20 (Salmon et al. 2011), inversion, the cube of Wilson and Hilferty

ROTATION = ((10, 26), (11, 21), (13, 27), (23, 5), (6, 20), (17, 11), (25, 10), (18, 20))


def threefry(counter, key):
    key = [np.uint32(k) for k in key]
    key.append(np.uint32(0x1BD11BDA) ^ key[0] ^ key[1] ^ key[2] ^ key[3])
    x = [np.asarray(c, np.uint32) + k for c, k in zip(counter, key)]
    for turn in range(20):
        one, three = (1, 3) if turn % 2 == 0 else (3, 1)
        for a, b, r in ((0, one, ROTATION[turn % 8][0]), (2, three, ROTATION[turn % 8][1])):
            x[a] = x[a] + x[b]
            x[b] = ((x[b] << np.uint32(r)) | (x[b] >> np.uint32(32 - r))) ^ x[a]
        if turn % 4 == 3:
            s = turn // 4 + 1
            x = [x[i] + key[(s + i) % 5] for i in range(4)]
            x[3] = x[3] + np.uint32(s)
    return x


def normal_quantile(p):
    """Acklam's rational approximation, relative error below 1.2e-9."""
    a = (-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.383577518672690e2,
         -3.066479806614716e1, 2.506628277459239)
    b = (-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
         -1.328068155288572e1, 1.0)
    c = (-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
         4.374664141464968, 2.938163982698783)
    d = (7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1.0)
    q = p - 0.5
    middle = np.polyval(a, q * q) * q / np.polyval(b, q * q)
    t = np.sqrt(-2.0 * np.log(np.minimum(p, 1.0 - p)))
    tail = np.polyval(c, t) / np.polyval(d, t)
    return np.where(np.abs(q) <= 0.47575, middle, np.where(q < 0.0, tail, -tail))


def unit_gamma(shape, seed, stream, futures, week, entity, index):
    word = threefry((np.arange(futures), week, entity, index),
                    (seed & 0xFFFFFFFF, seed >> 32, stream & 0xFFFFFFFF, stream >> 32))[0]
    z = normal_quantile(((word >> np.uint32(9)) + 0.5) / 2.0**23)
    ninth = 1.0 / (9.0 * shape)
    return np.maximum(1.0 - ninth + z * np.sqrt(ninth), 0.0) ** 3


def logistic(x):
    return 1.0 / (1.0 + np.exp(-x))


class State:
    """Variables by name, [entity][future]; the same futures `times` over."""

    def __init__(self, about, path, times=1):
        rows = np.fromfile(path, np.float32).reshape(-1, about["futures"] // times)
        rows = np.tile(rows.astype(np.float64), times)
        self.of = {name: rows[at:at + size] for name, (at, size) in about["variables"].items()}
        self.knob = dict(zip(about["knobs"], self.of["knob"]))

    def __getitem__(self, name):
        return self.of[name]


# --- movement

def exponential(a):
    """e^a of a small matrix: Taylor's series of a / 2^k, squared k times."""
    halvings = max(0, int(np.ceil(np.log2(np.abs(a).sum(1).max() + 1e-9))) + 6)
    x, term = np.eye(len(a)), np.eye(len(a))
    for k in range(1, 14):
        term = term @ (a / 2.0**halvings) / k
        x = x + term
    for _ in range(halvings):
        x = x @ x
    return x


def stage_days(stages, factor):
    """Mean days of every stage, and the least that the hard limit allows."""
    usual = [s["km"] / SPEED[s["mode"]] for s in stages]
    days = [max(t / factor + (STOP if s["enters"] else 0.0), 1e-3) for t, s in zip(usual, stages)]
    return days, [t / 2.0 for t in usual]


def chain(days, least):
    """[start][edge]: share of the men at a node that passes an edge in a week."""
    n = len(days) + 1
    a = np.zeros((n, n))
    for i, d in enumerate(days):
        a[i, i], a[i, i + 1] = -7.0 / d, 7.0 / d
    share = exponential(a)
    beyond = np.cumsum(share[:, ::-1], 1)[:, ::-1][:, 1:]  # at a node after the edge
    hours = np.concatenate(([0.0], np.cumsum(least)))
    too_far = hours[None, 1:] - hours[:-1, None] > 7.0
    return np.where(too_far, 0.0, np.triu(np.clip(beyond[:-1], 0.0, 1.0)))


class Network:
    """Kernels of every path and speed class: worked out once."""

    def __init__(self, about):
        self.about = about
        self.paths = {}
        for c, k in enumerate(about["contingents"]):
            if not k["foreign"] or not k["stages"]:
                continue
            both = [stage_days(k["stages"], f) for f in CLASSES]
            self.paths[c] = (np.array([chain(d, l) for d, l in both]),
                             np.array([chain(d[::-1], l[::-1]) for d, l in both]))

    def step(self, state):
        about, nodes = self.about, self.about["path_nodes"]
        men = state["men"].copy()
        middles = [(a + b) / 2.0 for a, b in zip(CLASSES, CLASSES[1:])]
        speed = np.searchsorted(np.array(middles, np.float32), state.knob["movement.speed"])
        room = (np.array(about["capacity_men_a_day"])[:, None] * 7e-3 *
                state.knob["movement.room"] * (1.0 - state["route_damage"]))
        asked = np.zeros_like(room)
        for c, (forth, _) in self.paths.items():  # who would enter, before anybody moves
            self.walk(state, men, c, forth[speed], False, asked, None)
            self.walk(state, men, c, self.paths[c][1][speed], True, asked, None)
        granted = np.minimum(1.0, room / np.maximum(asked, 1e-6))
        for c, (forth, back) in self.paths.items():
            self.walk(state, men, c, forth[speed], False, asked, granted)
            self.walk(state, men, c, back[speed], True, asked, granted)
        for c in self.paths:  # who is home stays there
            leaving = state["withdrawing"][c] > 0.0
            men[c * nodes] = np.where(leaving, 0.0, men[c * nodes])
        return men

    def walk(self, state, men, c, share, back, asked, granted):
        """Everybody on one contingent's way; `asked` is filled where nothing is granted yet."""
        stages = self.about["contingents"][c]["stages"]
        n = len(stages) + 1
        at = c * self.about["path_nodes"]
        rows = slice(at, at + n)
        own = men[rows][::-1] if back else men[rows]
        routes = [s["route"] for s in stages][::-1 if back else 1]
        leaving = state["withdrawing"][c]
        part = leaving if back else np.where(leaving > 0.0, 0.0, 1.0)
        for start in range(n - 2, -1, -1):
            here = own[start] * part
            if not here.any():
                continue
            held, before = np.ones_like(here), here
            for e in range(start, n - 1):
                enters = e == 0 or routes[e - 1] != routes[e]
                if granted is None:
                    if enters:
                        asked[routes[e]] += here * share[:, start, e]
                    continue
                if enters:
                    held = np.minimum(held, granted[routes[e]])
                across = np.minimum(here * share[:, start, e] * held, before)
                own[e] -= across  # `own` is a view: the men themselves
                own[e + 1] += across
                before = across


# --- the front

def mud(state, about, week):
    monday = datetime.date.fromisoformat(about["week_0"]) + datetime.timedelta(7 * week)
    number = monday.isocalendar()[1]
    wet = max(0.0, math.cos(2.0 * math.pi * (number - 11) / 52.0))
    return state.knob["front.season"] * wet


def fires(state, about, weight):
    out = np.zeros((2, 2) + weight.shape[1:])  # [shells, drones][side]
    arriving_share = np.minimum(3.0 / state.knob["materiel.transit"], 1.0)
    for kind, (place, name) in enumerate(zip(about["stock_places"], ("shell", "drone"))):
        want = state.knob[f"front.{name}_demand"]
        for side in range(2):
            i = about["leads"][side] * 9 + place
            stock = state["stock"][i]
            running = (state["production"][i] + state["pipe_3"][i] * arriving_share +
                       stock / state.knob[f"front.{name}_cover"])
            ample = np.minimum(running, stock) * 1e-3 / np.maximum(want * weight.sum(0), 1e-6)
            out[kind, side] = want * np.where(ample > 1.0, 1.0 + PLENTY * np.log(np.maximum(ample, 1.0)),
                                              ample)
    return out


class War:
    def __init__(self, about):
        self.about = about
        nodes = about["path_nodes"]
        everyone = list(enumerate(about["contingents"]))
        self.own = [[c for c, k in everyone if k["side"] == s and not k["foreign"]] for s in (0, 1)]
        self.guests = [[[c for c, k in everyone if k["side"] == s and k["foreign"] and k["sector"] == x]
                        for x in range(len(about["sectors"]))] for s in (0, 1)]
        self.rows = lambda c: slice(c * nodes, (c + 1) * nodes)

    def meet(self, state, guns):
        """Men, attacks, harm the fires would do, and advances: [side][sector][future]."""
        k = state.knob
        length = state["frontage"]
        sectors = len(length)
        by_side = {v: state[v].reshape(sectors, 2, -1).swapaxes(0, 1)
                   for v in ("troops", "fort", "intensity")}
        heart = state["quality"] * logistic(state["morale"])
        fit = state["in_combat"] * (1.0 - 0.7 * (state["passive"] > 0.0))
        men, power = by_side["troops"].copy(), np.empty_like(by_side["troops"])
        for side in range(2):
            strength = [state["men"][self.rows(c)].sum(0) for c in self.own[side]]
            worth = ((sum(m * heart[c] for m, c in zip(strength, self.own[side])) + 0.5e-3) /
                     (sum(strength) + 1e-3))
            power[side] = men[side] * worth
            for s in range(sectors):
                for c in self.guests[side][s]:
                    men[side, s] += fit[c]
                    power[side, s] += fit[c] * heart[c]
        slow = np.exp(0.5 * state["slow_intensity"][0])
        thin = np.minimum(1.0, men / (0.1 * length))
        attack = np.minimum(by_side["intensity"] * slow * thin, 1.0)
        leads = self.about["leads"]
        skill = (1.0 + k["front.intelligence"] * state["intelligence"][leads]) * \
                (0.85 + 0.15 * state["learning"][leads])
        busy = length * (0.25 + 0.75 * by_side["intensity"].max(0))
        harm = ((k["front.kappa_drone"] * guns[1] * (1.0 - k["front.jamming"]) +
                 k["front.kappa_shell"] * guns[0]) * skill)[:, None] * busy
        harm += k["front.small_arms"] * attack.max(0) * men.min(0)
        strong = (power + 1e-3) * (harm + 1e-3)
        balance = (0.5 * np.log(strong[0] / strong[1]) -
                   state["area_shift"] / length / k["front.reach"] +
                   state["zeta_front"][0] + state["zeta_sector"])
        z = np.stack((balance, -balance)) - k["front.theta"] * by_side["fort"][::-1]
        rho = np.maximum(men[::-1], 0.05) / length
        gap = logistic(np.log(k["front.density"] / rho) / 0.3)
        advance = (k["front.v0"] * attack**2 * np.exp(k["front.beta"] * z) *
                   (1.0 - self.mud) * (1.0 + k["front.breakthrough"] * attack * gap))
        dug_in = k["front.exposure"] * (1.0 - 0.4 * by_side["fort"])
        role = attack / (attack.sum(0) + 0.05)
        exposure = dug_in + role * (0.35 + 0.9 * attack - dug_in)
        return men, harm, exposure, np.minimum(advance, 80.0)

    def suffered(self, state, men, harm):
        """Harm at full exposure under the law of losses that holds: fires, linear, square."""
        sectors = men.shape[1]
        start = {v: state[v].reshape(sectors, 2, -1).swapaxes(0, 1)
                 for v in ("fires_start", "men_start")}
        square = start["fires_start"][::-1] * men[::-1] / np.maximum(start["men_start"][::-1], 1e-6)
        linear = square * men / np.maximum(start["men_start"], 1e-6)
        law = state.knob["theory.attrition"]
        return np.where(law < 0.5, harm[::-1], np.where(law < 1.5, linear, square))

    def luck(self, state, week):
        about = self.about
        n = about["futures"]
        loss, gain = [], []
        for side in range(2):
            for s in about["sectors"]:
                loss.append(unit_gamma(12.0, about["seed"], about["loss"], n, week, s["key"], side))
                gain.append(unit_gamma(state.knob["front.dispersion"], about["seed"], about["gain"],
                                       n, week, s["key"], side))
        shape = (2, len(about["sectors"]), n)
        return np.reshape(loss, shape), np.reshape(gain, shape)

    def step(self, state, week):
        k = state.knob
        self.mud = mud(state, self.about, week)
        on = state["end_state"][0] < 0.5
        length, sectors = state["frontage"], len(state["frontage"])
        busiest = state["intensity"].reshape(sectors, 2, -1).max(1)
        weight = length * (0.25 + 0.75 * busiest)
        men, harm, exposure, advance = self.meet(state, fires(state, self.about, weight))
        loss_luck, gain_luck = self.luck(state, week)
        loss = np.minimum(exposure * self.suffered(state, men, harm) * loss_luck, 0.2 * men) * on
        troops = state["troops"].reshape(sectors, 2, -1).swapaxes(0, 1)
        left = np.maximum(troops - loss * troops / np.maximum(men, 1e-6), 0.0)
        gain = advance * length * on * gain_luck
        net = gain[0] - gain[1]
        chips = np.array([s["chip"] for s in self.about["sectors"]])[:, None]
        net = np.where(chips, np.minimum(net, state["chip"]), net)
        chip = np.where(chips, np.maximum(state["chip"] - net, 0.0), state["chip"])
        fort = state["fort"].reshape(sectors, 2, -1).swapaxes(0, 1)
        lost = advance[::-1] * on / k["front.fort_depth"]
        orders = np.stack([state["active"][e].max(0) if e else np.zeros(on.shape)
                           for e in self.about["fortify"]])[:, None]
        built = (k["front.fort_growth"] * (1.0 + 2.0 * orders) / (1.0 + 5.0 * lost) *
                 (1.0 - fort / 0.8))
        fort = np.clip(fort * np.exp(-lost) + built, 0.0, 0.8)
        flat = lambda x: x.swapaxes(0, 1).reshape(2 * sectors, -1)
        return {"troops": flat(left), "sector_casualties": flat(loss), "fort": flat(fort),
                "area_week": net, "chip": chip}


def best_time(work):
    taken = []
    for _ in range(3):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return min(taken)


def main(folder):
    about = json.load(open(f"{folder}/manifest.json"))
    times = 4096 // about["futures"]  # so that NumPy's calls cost next to nothing
    many = dict(about, futures=times * about["futures"])
    here, there = (Network(about), War(about)), (Network(many), War(many))
    worst, spent = {}, {}
    for step in about["steps"]:
        name, week, file = step["process"], step["week"], f"{folder}/{step['file']}"

        def made_of(state, laws):
            return {"men": laws[0].step(state)} if name == "movement" else laws[1].step(state, week)

        after = State(about, file + ".after")
        for variable, ours in made_of(State(about, file + ".before"), here).items():
            off = np.abs(ours - after[variable]) / (1e-3 + np.abs(after[variable]))
            worst[variable] = max(worst.get(variable, 0.0), float(off.max()))
        wide = State(many, file + ".before", times)
        kernel, numpy = spent.setdefault(name, ([], []))
        kernel.append(step["seconds"] * times)
        numpy.append(best_time(lambda: made_of(wide, there)))
    for variable, off in worst.items():
        print(f"{variable}: largest difference {off:.1e} of the value (and 1e-3)")
    for name, (kernel, numpy) in spent.items():
        print(f"{name}, {many['futures']} futures: kernels {1e3 * np.mean(kernel):.2f} ms, NumPy "
              f"{1e3 * np.mean(numpy):.2f} ms, {np.mean(numpy) / np.mean(kernel):.0f} times as long")
    wrong = [v for v, off in worst.items() if not off < 1e-3]
    if wrong:
        sys.exit(f"NumPy and the kernels differ: {', '.join(wrong)}")


if __name__ == "__main__":
    with np.errstate(over="ignore"):  # words of the generator wrap round
        main(sys.argv[1])
