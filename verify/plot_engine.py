#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the engine's numbers as SVG.

usage: plot_engine.py ENGINE.TSV FOLDER

Writes orders.svg (errors against steps, one line for each problem and method, beside
the slopes of theory) and laws.svg (the statistic of every test as a normal number,
within the limits of all tests together). The same numbers give the same bytes.
"""
import csv
import math
import pathlib
import statistics
import sys

from plot import GREY, INK, LINE, Svg

COLOURS = {"euler": "#b45309", "heun": "#0b6e6e", "dopri5": "#6d28d9",
           "rodas4": "#a78bfa", "map": "#22252b"}
PANELS = {"ode": "Without chance", "strong": "Strong, along the path",
          "weak": "Weak, in the mean"}
NORMAL = statistics.NormalDist()


class Panel:
    """Log-log axes of one group of points."""

    def __init__(self, svg, x, rows):
        self.svg, self.x, self.y, self.width, self.height = svg, x, 70, 250, 300
        steps = [math.log2(float(r["step"])) for r in rows]
        errors = [math.log10(float(r["error"])) for r in rows]
        self.left, self.right = math.floor(min(steps)), math.ceil(max(steps))
        self.low, self.high = math.floor(min(errors)), math.ceil(max(errors))

    def place(self, step, error):
        across = (math.log2(step) - self.left) / (self.right - self.left)
        up = (math.log10(error) - self.low) / (self.high - self.low)
        return self.x + across * self.width, self.y + (1 - up) * self.height

    def axes(self, title):
        self.svg.text(self.x, 50, title, size=13, weight="bold")
        for power in range(self.low, self.high + 1):
            _, y = self.place(2.0 ** self.left, 10.0 ** power)
            self.svg.line(self.x, y, self.x + self.width, y)
            if (power - self.low) % (2 if self.high - self.low > 8 else 1) == 0:
                self.svg.text(self.x - 6, y + 4, f"1e{power}", "end", 11, GREY)
        for power in range(self.left, self.right + 1, 2):
            x, _ = self.place(2.0 ** power, 10.0 ** self.low)
            self.svg.text(x, self.y + self.height + 16, f"1/{2 ** -power}" if power < 0
                          else str(2 ** power), "middle", 11, GREY)

    def course(self, rows):
        colour = COLOURS[rows[0]["method"]]
        points = [self.place(float(r["step"]), float(r["error"])) for r in rows]
        for a, b in zip(points, points[1:]):
            self.svg.line(*a, *b, colour, 1.5)
        for point in points:
            self.svg.dot(*point, colour)


def draw_orders(rows, path):
    svg = Svg(960, 440, "Orders of convergence")
    svg.text(16, 26, "Error against step; each line one problem", size=16, weight="bold")
    for k, (group, title) in enumerate(PANELS.items()):
        some = [r for r in rows if r["group"] == group]
        panel = Panel(svg, 60 + 310 * k, some)
        panel.axes(title)
        for key in dict.fromkeys((r["name"], r["method"]) for r in some):
            panel.course([r for r in some if (r["name"], r["method"]) == key])
    for k, name in enumerate(m for m in COLOURS if m != "map"):
        svg.dot(66 + 90 * k, 418, COLOURS[name])
        svg.text(76 + 90 * k, 422, name, size=11)
    svg.text(440, 422, "Slopes of theory: euler 1, strong 1/2 (additive 1); heun 2, strong 1; "
             "dopri5 5, late 4; rodas4 4", size=11, fill=GREY)
    svg.save(path)


def as_normal(row):
    """z itself, or the z above which a normal number is as rare as such a distance."""
    if row["group"] == "z":
        return float(row["step"])
    return NORMAL.inv_cdf(1 - min(max(float(row["error"]), 1e-15), 1 - 1e-9) / 2)


def draw_laws(rows, path):
    some = [r for r in rows if r["group"] in ("z", "distance")]
    step, top, left, width, most = 15, 60, 300, 420, 6.0
    height = step * len(some)
    limit = NORMAL.inv_cdf(1 - float(some[0]["se"]) / 2)
    svg = Svg(left + width + 40, top + height + 60, "Laws against closed forms")
    svg.text(16, 26, "Means, variances and laws against closed forms", size=16,
             weight="bold")

    def across(z):
        return left + width * (min(max(z, -most), most) + most) / (2 * most)

    for mark in range(-6, 7, 2):
        svg.line(across(mark), top, across(mark), top + height)
        svg.text(across(mark), top + height + 16, str(mark), "middle", 11, GREY)
    for edge in (-limit, limit):
        svg.line(across(edge), top, across(edge), top + height, "#b91c1c", 1, "3 3")
    for i, row in enumerate(some):
        y = top + i * step + 8
        svg.text(left - 10, y + 4, row["name"], "end", 10, INK)
        svg.line(across(0), y, across(as_normal(row)), y, LINE, 1)
        svg.dot(across(as_normal(row)), y, COLOURS[row["method"]])
    svg.text(16, 46, "As normal numbers; of a distance from a law, how rare it is. Red: "
             "the limits of all tests together.", size=11, fill=GREY)
    for k, (name, colour) in enumerate(COLOURS.items()):
        svg.dot(left + 90 * k, top + height + 42, colour)
        svg.text(left + 10 + 90 * k, top + height + 46, name, size=11)
    svg.save(path)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    draw_orders(rows, folder / "orders.svg")
    draw_laws(rows, folder / "laws.svg")


if __name__ == "__main__":
    main()
