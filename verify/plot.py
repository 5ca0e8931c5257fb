#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the verification's numbers as SVG.

usage: plot.py SUMMARY.TSV FOLDER

Writes claims.svg (false claims by cell, the measure's beside those of other rules),
power.svg (loops found against the true reply rate after a follow-up, clean and under
all confounders) and coverage.svg (how often the 95 % intervals hold the truth). Only
the standard library; the same numbers give the same bytes.
"""
import csv
import html
import pathlib
import sys

INK, GREY, LINE = "#22252b", "#6b7280", "#d7dae0"
COLOURS = {"ebb": "#0b6e6e", "perseverance": "#b45309", "bursts_4": "#a78bfa",
           "bursts_6": "#6d28d9", "starter_70": "#9ca3af"}
NAMES = {"ebb": "ebb: loop claimed", "perseverance": "perseverance in sessions",
         "bursts_4": "bursts of 4, then silence", "bursts_6": "bursts of 6, then silence",
         "starter_70": "starts more than 70 %"}
GENERATORS = {"ticks": "minute by minute", "agenda": "agenda and glances"}


class Svg:
    """A drawing of fixed size; every shape is one line of text."""

    def __init__(self, width, height, title):
        self.size = (width, height)
        self.parts = [f"<title>{html.escape(title)}</title>"]

    def rect(self, x, y, w, h, fill):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" '
                          f'height="{h:.1f}" fill="{fill}"/>')

    def line(self, x1, y1, x2, y2, stroke=LINE, width=1.0, dash=""):
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
                          f'stroke="{stroke}" stroke-width="{width}"{dashes}/>')

    def dot(self, x, y, fill, hollow=False):
        inside = "#fff" if hollow else fill
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{inside}" '
                          f'stroke="{fill}" stroke-width="1.5"/>')

    def text(self, x, y, words, anchor="start", size=12, fill=INK, weight="normal"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
                          f'font-size="{size}" fill="{fill}" font-weight="{weight}">'
                          f'{html.escape(words)}</text>')

    def save(self, path):
        w, h = self.size
        body = "\n".join(self.parts)
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" '
                        f'font-family="sans-serif">\n<rect width="{w}" height="{h}" '
                        f'fill="#fff"/>\n{body}\n</svg>\n', encoding="utf-8")


def words(cell):
    return cell.replace("_", " ")


def percent_axis(svg, x, y, width, height, marks, unit=" %"):
    """Vertical grid lines at `marks` (value, label) of an axis scaled 0..1."""
    for at, label in marks:
        svg.line(x + at * width, y, x + at * width, y + height)
        svg.text(x + at * width, y + height + 16, label + unit, "middle", 11, GREY)


def panel(svg, x, name):
    svg.text(x, 50, f"{name}: {GENERATORS[name]}", size=13, weight="bold")


def draw_claims(rows, path):
    cells = [r["cell"] for r in rows if r["generator"] == "ticks"
             and r["group"] in ("null", "hard") and r["span"] == "whole"]
    if not cells:
        return
    step, top, left, width = 46, 70, 150, 300
    height = step * len(cells)
    svg = Svg(2 * (width + 50) + left, top + height + 80, "Claims where there is no loop")
    svg.text(16, 26, "Claims where no loop was planted, % of histories", size=16,
             weight="bold")
    for i, cell in enumerate(cells):
        svg.text(left - 12, top + i * step + 24, words(cell), "end")
    for g, name in enumerate(GENERATORS):
        x = left + g * (width + 50)
        panel(svg, x, name)
        percent_axis(svg, x, top, width, height, [(k / 4, str(25 * k)) for k in range(5)])
        svg.line(x + 0.05 * width, top, x + 0.05 * width, top + height, "#b91c1c", 1, "3 3")
        for i, cell in enumerate(cells):
            row = next((r for r in rows if r["generator"] == name and r["cell"] == cell
                        and r["span"] == "whole"), None)
            for k, rule in enumerate(COLOURS) if row else []:
                value = float(row["any" if rule == "ebb" else rule])
                svg.rect(x, top + i * step + 4 + 7.5 * k, max(value * width, 1), 6.5,
                         COLOURS[rule])
                if rule == "ebb":
                    upper = float(row["upper"])
                    y = top + i * step + 7
                    svg.line(x, y, x + upper * width, y, COLOURS[rule], 1.5)
    for k, rule in enumerate(COLOURS):
        x = 16 + k * 160
        svg.rect(x, top + height + 42, 10, 10, COLOURS[rule])
        svg.text(x + 15, top + height + 51, NAMES[rule], size=11)
    svg.text(16, top + height + 72, "Thin line: upper 95 % limit of ebb's rate. Red: 5 %.",
             size=11, fill=GREY)
    svg.save(path)


def draw_power(rows, path):
    series = {"clean": ["weak", "middle", "strong"],
              "all confounders at once": ["all_weak", "all_middle", "all_strong"]}
    step, top, height, width = 330, 70, 240, 270
    svg = Svg(2 * step + 60, 400, "Loops found by strength")
    svg.text(16, 26, "Planted loops found, % of histories, by strength", size=16,
             weight="bold")
    for g, name in enumerate(GENERATORS):
        x = 50 + g * step
        panel(svg, x, name)
        for k in range(5):
            y = top + height * (1 - k / 4)
            svg.line(x, y, x + width, y)
            svg.text(x - 6, y + 4, str(25 * k), "end", 11, GREY)
        for at, (label, rate) in enumerate((("weak", ".85"), ("middle", ".70"),
                                            ("strong", ".50"))):
            svg.text(x + width * (0.1 + 0.4 * at), top + height + 16,
                     f"{label} ×{rate}", "middle", 11, GREY)
        for k, (title, cells) in enumerate(series.items()):
            colour = COLOURS["ebb"] if k == 0 else COLOURS["perseverance"]
            points = []
            for at, cell in enumerate(cells):
                row = next((r for r in rows if r["generator"] == name
                            and r["cell"] == cell and r["span"] == "whole"), None)
                if row:
                    points.append((x + width * (0.1 + 0.4 * at),
                                   top + height * (1 - float(row["power"]))))
            for a, b in zip(points, points[1:]):
                svg.line(*a, *b, colour, 2)
            for point in points:
                svg.dot(*point, colour)
            svg.dot(x + 6, top + height + 40 + 18 * k, colour)
            svg.text(x + 16, top + height + 44 + 18 * k, title, size=11)
    svg.text(16, 390, "Strength: reply rate with a follow-up outstanding, as planted.",
             size=11, fill=GREY)
    svg.save(path)


def draw_coverage(rows, path):
    cells = list(dict.fromkeys((r["cell"], r["span"]) for r in rows))
    step, top, left, width = 16, 70, 170, 260
    height = step * len(cells)
    low, high = 0.80, 1.0
    svg = Svg(2 * (width + 50) + left, top + height + 60, "Coverage of 95 % intervals")
    svg.text(16, 26, "How often 95 % intervals hold the pseudo-true value", size=16,
             weight="bold")
    for i, (cell, span) in enumerate(cells):
        label = words(cell) + ("" if span == "whole" else f", {span} half")
        svg.text(left - 12, top + i * step + 12, label, "end", 11)
    kinds = {"p_cover": ("p", COLOURS["ebb"]), "w_cover": ("w", COLOURS["perseverance"]),
             "L_cover": ("L", COLOURS["bursts_6"])}
    for g, name in enumerate(GENERATORS):
        x = left + g * (width + 50)
        panel(svg, x, name)
        percent_axis(svg, x, top, width, height,
                     [(k / 4, str(80 + 5 * k)) for k in range(5)])
        for edge in (0.90, 0.99):
            at = x + width * (edge - low) / (high - low)
            svg.line(at, top, at, top + height, "#b91c1c", 1, "3 3")
        for i, (cell, span) in enumerate(cells):
            row = next((r for r in rows if r["generator"] == name and r["cell"] == cell
                        and r["span"] == span), None)
            for k, (key, (_, colour)) in enumerate(kinds.items() if row else []):
                value = float(row[key])
                loop = row["group"] in ("positive", "curve")
                if value == value and (key != "L_cover" or loop):
                    at = min(max((value - low) / (high - low), 0.0), 1.0)
                    svg.dot(x + at * width, top + i * step + 4 + 4 * k, colour, value < low)
    for k, (label, colour) in enumerate(kinds.values()):
        svg.dot(24 + 60 * k, top + height + 42, colour)
        svg.text(34 + 60 * k, top + height + 46, label, size=11)
    svg.text(210, top + height + 46, "A as pursuer. Red: 90 and 99 %. Hollow: below 80 %.",
             size=11, fill=GREY)
    svg.save(path)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    draw_claims(rows, folder / "claims.svg")
    draw_power(rows, folder / "power.svg")
    draw_coverage(rows, folder / "coverage.svg")


if __name__ == "__main__":
    main()
