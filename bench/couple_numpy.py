#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""models/pursue_withdraw_small.ebb in NumPy: each state an array over couples.

    couple_numpy.py COUPLES DAYS STEP

Prints ns of processor time per couple-day, and the means of alarm and love, to be held
against the model's. What both partners have is an array of two rows; `x[::-1]` is the
partner's.
"""
import sys
import time

import numpy as np

NEED_SLOPE, VIGILANCE_SLOPE, PRESSURE_SLOPE, PROTOTYPE = 0.5, 0.3, 0.35, 0.82
GAIN_NEED, GAIN_CLOSED, GAIN_MISSING, GAIN_ISSUES, GAIN_PRESSURE = 1, 3, 1.5, 1, 6
SOOTHE, TRUSTED_CONTACT, MASKING, GIVING_UP = 1.75, 3, 0.5, 1.2
CONTACT_RATE, INITIATIVE, STRESS_GAIN, STRESS_DAYS = 3, 1.5, 0.25, 20
HONEYMOON, HONEYMOON_DAYS, TRIGGER_RATE, TRIGGER_SIZE = 0.6, 150, 0.25, 1
HARDENING, SOFTENING, TRUST_RATE, ACCUSTOM_DAYS = 0.012, 0.002, 0.01, 45
ISSUE_RATE, DISCOURAGE, HOPE, LOVE_RATE, WEAR = 0.15, 0.04, 0.012, 0.004, 0.4
SATISFACTION_DAYS, DISTRESS_WEIGHT = 60, 0.8
HAZARD_SCALE, INVESTMENT_DAYS, BARRIER = 0.00285, 700, 0
UPTAKE, UPTAKE_DAYS, FORGET_DAYS, THERAPY = 0.6, 60, 365, 0

PAIRS = ["alarm", "overload", "hardness", "trust", "discouragement", "accustomed", "love",
         "satisfaction", "to_leaving"]
SHARED = ["contact", "issues", "stress", "skill", "early", "invested", "together",
          "to_trigger"]


def bounded(x):
    return x / np.sqrt(1 + x * x)


def above(x):
    x4 = (x * x) ** 2
    return x4 / (1 + x4)


def sensitivity_of(x):
    return (1 + STRESS_GAIN * np.maximum(x["stress"], 0)) * (1 - x["early"])


def rates(x, need, vigilance, pressure):
    alarm, overload, love, contact, skill = (
        x[k] for k in ("alarm", "overload", "love", "contact", "skill"))
    wish = np.maximum(1 - GIVING_UP * x["discouragement"], 0) * alarm
    pursuit = bounded(np.maximum(wish - MASKING * overload, 0))
    withdrawal = above((1 + x["hardness"]) * overload)
    openness = love * (1 - withdrawal)
    other, closed = pursuit[::-1], 1 - openness[::-1]
    unanswered, sensitivity = pursuit * closed, sensitivity_of(x)
    calm = 1 / (1 + (alarm[0] + alarm[1] + overload[0] + overload[1]) ** 4)
    reaching = INITIATIVE + pursuit[0] + pursuit[1]
    soothing = SOOTHE * (1 + 0.35 * skill)
    fear = (GAIN_NEED * np.maximum(need - contact, 0)
            + GAIN_CLOSED * (1 - 0.35 * skill) * (1 - x["trust"]) * closed
            + GAIN_MISSING * np.maximum(x["accustomed"] - other, 0)
            + GAIN_ISSUES * x["issues"])
    return {
        "alarm": vigilance * love * sensitivity * fear
        - (soothing + TRUSTED_CONTACT * x["trust"] * contact) * alarm,
        "overload": pressure * (1 - love * need) * sensitivity * GAIN_PRESSURE
        * (1 - 0.35 * skill) * other * contact - soothing * overload,
        "hardness": HARDENING * withdrawal * overload * (1 - x["hardness"])
        - SOFTENING * (1 + 4 * skill) * x["hardness"],
        "trust": TRUST_RATE * (PROTOTYPE * openness[::-1] - x["trust"]),
        "discouragement": DISCOURAGE * unanswered * (1 - x["discouragement"])
        - HOPE * openness[::-1] * x["discouragement"],
        "accustomed": (other - x["accustomed"]) / ACCUSTOM_DAYS,
        "love": LOVE_RATE * (contact * (1 - love) - WEAR * x["discouragement"] * love),
        "satisfaction": (np.minimum(1, contact / need)
                         - DISTRESS_WEIGHT * (bounded(alarm) + bounded(overload))
                         - x["satisfaction"]) / SATISFACTION_DAYS,
        "to_leaving": -HAZARD_SCALE * x["together"]
        * np.exp(-(x["satisfaction"] + love + x["invested"] + BARRIER)),
        "contact": CONTACT_RATE * (openness[0] * openness[1] * reaching / (1 + reaching)
                                   - contact),
        "issues": ISSUE_RATE * ((unanswered[0] + unanswered[1]) * (1 - x["issues"])
                                - calm * (1 + skill) * x["issues"]),
        "stress": -x["stress"] / STRESS_DAYS,
        "skill": THERAPY * (UPTAKE - skill) / UPTAKE_DAYS
        - (1 - THERAPY) * skill / FORGET_DAYS,
        "early": -x["early"] / HONEYMOON_DAYS,
        "invested": (1 - x["invested"]) / INVESTMENT_DAYS,
        "together": 0.0,
        "to_trigger": -TRIGGER_RATE,
    }


def begin(couples, chance):
    x = {k: np.zeros((2, couples)) for k in PAIRS} | {k: np.zeros(couples) for k in SHARED}
    x["contact"] += INITIATIVE / (1 + INITIATIVE)
    x["early"] += HONEYMOON
    x["together"] += 1
    x["trust"] += 0.8 * PROTOTYPE
    x["love"] += 0.95
    x["satisfaction"] += 0.8
    x["to_leaving"] = chance.exponential(size=(2, couples))
    x["to_trigger"] = chance.exponential(size=couples)
    return x


def happen(x, vigilance, chance):
    hit = np.flatnonzero(x["to_trigger"] <= 0)
    if hit.size:
        size = TRIGGER_SIZE * chance.exponential(size=hit.size)
        x["alarm"][:, hit] += (vigilance[:, hit] * x["love"][:, hit]
                               * sensitivity_of(x)[hit] * size)
        x["to_trigger"][hit] += chance.exponential(size=hit.size)
    for i in range(2):
        left = np.flatnonzero(x["to_leaving"][i] <= 0)
        x["together"][left] = 0
        x["to_leaving"][i, left] += chance.exponential(size=left.size)


def main():
    couples, days, h = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    spent = time.process_time()
    chance = np.random.default_rng(1)
    traits = np.zeros((2, couples)), np.zeros((2, couples))
    need = 1 / (1 + np.exp(-NEED_SLOPE * (traits[0] - traits[1])))
    vigilance = np.exp(VIGILANCE_SLOPE * traits[0])
    pressure = np.exp(PRESSURE_SLOPE * traits[1])
    x = begin(couples, chance)
    for _ in range(round(days / h)):
        push = np.sqrt(2 / STRESS_DAYS * h) * chance.standard_normal(couples)
        first = rates(x, need, vigilance, pressure)
        middle = {k: x[k] + h * first[k] for k in x}
        middle["stress"] += push
        second = rates(middle, need, vigilance, pressure)
        x = {k: x[k] + 0.5 * h * (first[k] + second[k]) for k in x}
        x["stress"] += push
        happen(x, vigilance, chance)
    spent = time.process_time() - spent
    print(f"{spent * 1e9 / (couples * days):.2f} {x['alarm'][0].mean():.4f} "
          f"{x['love'][0].mean():.4f}")


main()
