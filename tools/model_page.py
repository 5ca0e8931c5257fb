#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A model's equations, numbered, and its tables as Markdown, from what ebb itself writes.

    model_page.py EBB MODEL         prints the page
    model_page.py EBB MODEL --check PAGE   says whether PAGE is that
"""

import re
import subprocess
import sys


def plain(text):
    """LaTeX of running text as Markdown; what is between dollars stays as it is."""
    parts = text.split("$")
    for k, part in enumerate(parts):
        if k % 2:
            parts[k] = f"$`{part}`$"
        else:
            part = re.sub(r"\\(?:emph|texttt)\{([^}]*)\}", r"*\1*", part).replace("\\^o", "ô")
            parts[k] = re.sub(r"\\([_%&#])", r"\1", part)
    return "".join(parts)


def equations(lines, first):
    """The rows of an align* as numbered displays; a row that begins with & goes on."""
    rows, current = [], []
    for line in lines:
        line = re.sub(r"\s*\\\\$", "", line.strip())
        if line.startswith("&") and current:
            current.append(line)
        else:
            rows.append(current)
            current = [line]
    rows = [row for row in rows + [current] if row]
    out = []
    for k, row in enumerate(rows):
        body = " \\\\\n".join(row)
        out.append(f"```math\n\\begin{{aligned}}\n{body}\n\\end{{aligned}} \\tag{{{first + k}}}\n```\n")
    return out, first + len(rows)


def table(lines):
    rows = []
    for line in lines:
        if line.startswith("$") or line.startswith("&") or line.startswith(" &"):
            cells = [plain(cell.strip()) for cell in re.split(r"(?<!\\)&", re.sub(r"\s*\\\\$", "", line))]
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    width = rows[0].count("|") - 1
    return [rows[0], "|" + "---|" * width] + rows[1:] + [""]


def page(latex, command):
    number, out, block = 1, [], None
    for line in latex.split("\\begin{document}")[1].split("\\end{document}")[0].splitlines():
        head = re.match(r"\\(sub)?section\*\{(.*)\}", line)
        if head:
            out += ["", ("## " if head[1] else "# ") + plain(head[2]), ""]
            if not head[1]:
                out += [f"Written by `{command}`; not to be changed by hand.", ""]
        elif line.startswith("\\begin{align*}") or line.startswith("\\begin{longtable}"):
            block = []
        elif line.startswith("\\end{align*}"):
            shown, number = equations(block, number)
            out, block = out + shown, None
        elif line.startswith("\\end{longtable}"):
            out, block = out + table(block), None
        elif block is not None:
            block.append(line)
        elif line.strip() and not line.startswith("\\"):
            out.append(plain(line) + "  ")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out).strip() + "\n")


def main():
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    ebb, model = sys.argv[1:3]
    latex = subprocess.run([ebb, "model", "latex", model], capture_output=True, text=True, check=True).stdout
    text = page(latex, f"tools/model_page.py build/ebb {model}")
    if len(sys.argv) == 3:
        print(text, end="")
    elif open(sys.argv[4], encoding="utf-8").read() != text:
        sys.exit(f"{sys.argv[4]} is not what {model} says now: write it anew")


if __name__ == "__main__":
    main()
