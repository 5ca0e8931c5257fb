#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds evidence/ to its words: every claim there is, said once and whole, resting on
sources that are listed; every figure inside its own interval; and nothing that is only
remembered passed off as published.

Main idea: a table is a list of rows by column name; a rule is a function that yields
what is wrong, with the place. evidence/README.md says what the words mean.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CLAIMS = {"A": 77, "B": 28, "C": 45}
DOCUMENTS = {"A": "A, a reference article on the pair",
             "B": "B, a practice's page on the pattern",
             "C": "C, an essay on the cycle"}
KINDS = {"calibration", "validation", "mechanism", "definition", "scenario", "wording"}
SCOPES = {"couple", "person", "conversation", "population", "wording"}
VERDICTS = {"supported", "partly", "contradicted", "none-found", "definition",
            "fiction"}
# from the best standing to the least; a figure stands no better than its source
READ = ["opened", "secondary"]
STANDINGS = READ + ["memory-high", "memory-medium", "memory-low"]
INTERVALS = {"published", "computed", "ten-percent", "bound", "sign", "project",
             "recalled", "claimed"}
USES = {"fit/fit.tsv": {"fit"}, "held_out.tsv": {"held-out", "shown"},
        "seeds.tsv": {"shown"}}
COLUMNS = {
    "claims.tsv": "id document claim kind quantity scope verdict evidence link check",
    "links.tsv": "name where kind carries cut",
    "unchecked.tsv": "id why",
    "figures.tsv": "id run statistic columns among note",
    "surveys.tsv": "id run statistic columns among relation bound note came",
    "missed.tsv": "id reason",
    "sources.tsv": "name standing what where",
    "fit/parameters.tsv": "name runs low high scale why",
    "fit/figures.tsv": "id run figure why",
}
FIGURE = "id figure value low high interval population source standing used"
ENTRY = re.compile(r"([^();:]+) \(([a-z-]+)\): \S")
SENTENCE = re.compile(r"(?:(?![.!?] [A-Z]).)+[^.!?]\.")
SURVEYS = "surveys"  # the check of a claim that is read off people
PEOPLE = {"market": "pair", "childhoods": "develop", "shades": "develop"}  # runs that are no file
SEXED = re.compile(r"\b(man|men|woman|women|husbands?|wife|wives|s?he|him|his|hers?)\b",
                   re.I)


def table(name):
    """Rows of a file by column, with their place, and what is wrong with its lines."""
    faults, rows = [], []
    path = os.path.join(ROOT, "evidence", name)
    with open(path, encoding="utf8", newline="") as file:  # \r is a stray space here
        text = file.read()
    lines = text.split("\n")
    if lines.pop() != "":
        faults.append(f"{name}: the last line has no end")
    columns = COLUMNS.get(name, FIGURE).split()
    for number, line in enumerate(lines, 1):
        place, cells = f"{name}:{number}", line.split("\t")
        if len(cells) != len(columns):
            faults.append(f"{place}: {len(cells)} columns, not {len(columns)}")
        elif any(c != " ".join(c.split()) or not c for c in cells):
            faults.append(f"{place}: an empty cell ('-' is nothing) or a stray space")
        elif number == 1 and cells != columns:
            faults.append(f"{place}: the columns are {' '.join(columns)}")
        elif number > 1:
            rows.append(dict(zip(columns, cells), place=place))
    return rows, faults


def words(cell):
    """The words of a cell that holds several."""
    return [] if cell == "-" else cell.split(", ")


def unknown(row, column, known):
    """The words of a cell that are not among the known ones."""
    for word in words(row[column]):
        if word not in known:
            yield f"{row['place']}: {column} {word} is not a known one"


def twice(rows, column):
    seen = set()
    for row in rows:
        if row[column] in seen:
            yield f"{row['place']}: {row[column]} is there twice"
        seen.add(row[column])


def entries(row):
    """(source, standing, what it says) for each entry of a claim's evidence."""
    for text in [] if row["evidence"] == "-" else row["evidence"].split("; "):
        found = ENTRY.match(text)
        if found:
            yield found[1], found[2], text
        elif not text.startswith("none found"):
            yield None, None, text


def standing_faults(place, source, standing, sources):
    """Whether a source is listed, and stands at least as well as is said here."""
    best = sources.get(source)
    if best is None:
        yield f"{place}: {source} is not in sources.tsv"
    elif best == "seed" or standing == "seed":
        if best != standing:
            yield f"{place}: {source} is a seed and nothing else is"
    elif STANDINGS.index(standing) < STANDINGS.index(best):
        yield f"{place}: {source} is {best}, which is less than {standing}"


def evidence_faults(row, sources):
    """What is wrong with the sources of one claim, and with the verdict over them."""
    place, read, named = row["place"], 0, 0
    for source, standing, text in entries(row):
        if source is None:
            yield f"{place}: not of the form SOURCE (STANDING): what it says: {text}"
        elif standing not in STANDINGS + ["computed"]:
            yield f"{place}: {source} has the standing {standing}"
        elif standing != "computed":
            yield from standing_faults(place, source, standing, sources)
        if str(standing).startswith("memory") and "publish" in text.lower():
            yield f"{place}: remembered, and called published: {text}"
        read += standing in READ + ["computed"]
        named += source is not None
    verdict, nothing = row["verdict"], row["evidence"].startswith("none found")
    if verdict == "definition" and row["evidence"] != "-":
        yield f"{place}: a definition, and evidence for it"
    if nothing != (verdict == "none-found"):
        yield f"{place}: {verdict} over evidence that begins {row['evidence'][:10]}"
    if verdict == "supported" and not read:
        yield f"{place}: supported by nothing that was read"
    if verdict in ("partly", "contradicted") and not named:
        yield f"{place}: {verdict}, and no source is named"


def claim_faults(row, links, sources):
    place, kinds = row["place"], words(row["kind"])
    if row["document"] != DOCUMENTS.get(row["id"][0]):
        yield f"{place}: {row['id']} is of another document than {row['document']}"
    if not SENTENCE.fullmatch(row["claim"]):
        yield f"{place}: the claim is not one sentence"
    if row["quantity"] == "-":
        yield f"{place}: no quantity"
    title = row["claim"].partition(": ")[0] if "scenario" in kinds else ""
    for column, text in (("claim", row["claim"].removeprefix(title)),
                         ("quantity", row["quantity"])):
        if SEXED.search(text):
            yield f"{place}: the {column} speaks of a sex; either partner may be either"
    for column, known in (("kind", KINDS), ("scope", SCOPES), ("verdict", VERDICTS),
                          ("link", links)):
        yield from unknown(row, column, known)
    if "-" in (row["kind"], row["scope"], row["verdict"]):
        yield f"{place}: a claim has a kind, a scope and a verdict"
    if row["link"] == "-" and not {"definition", "wording"} & set(kinds):
        yield f"{place}: no link to cut"
    if ("scenario" in kinds) != (row["verdict"] == "fiction"):
        yield f"{place}: scenarios are fiction and only they are"
    if not re.fullmatch(r"-|[a-z][a-z0-9_]*", row["check"]):
        yield f"{place}: {row['check']} is no name of a check"
    yield from evidence_faults(row, sources)


def check_names(folder):
    """{claim: (file, its text)} of all blocks in the files of checks, and what is wrong."""
    blocks, faults = {}, []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf8") as file:
            text = file.read()
        for block in re.split(r"^(?=claim )", text, flags=re.M)[1:]:
            claim = block.split()[1]
            if claim in blocks:
                faults.append(f"checks/{name}: a second check of {claim}")
            blocks[claim] = name.removesuffix(".ebb"), block
    return blocks, faults


def check_faults(claims, links, blocks):
    """The table names the file of every check, and a check cuts the links of its row."""
    kinds = {row["name"]: row["kind"] for row in links}
    for row in claims:
        place, (file, block) = row["place"], blocks.get(row["id"], ("-", ""))
        if row["check"] != file and row["check"] != SURVEYS:
            yield f"{place}: the check of {row['id']} is {file}, not {row['check']}"
        cut = re.search(r"^cut (.*)", block, re.M)
        cuts = set(re.findall(r"(\w+) =", cut[1])) if cut else set()
        for link in words(row["link"]):
            if block and link not in cuts and kinds[link] != "mechanism":
                yield f"{place}: the check of {row['id']} does not cut {link}"
        for name in cuts - set(words(row["link"])):
            yield f"{place}: the check of {row['id']} cuts {name}, no link of its row"
    for claim in blocks.keys() - {row["id"] for row in claims}:
        yield f"checks/{blocks[claim][0]}.ebb: there is no claim {claim}"


def survey_faults(claims, links, surveys):
    """A claim about people is read off runs that are there, with links that its run has."""
    folder = os.path.join(ROOT, "evidence", SURVEYS)
    runs = {name.removesuffix(".ebb"): "pursue_withdraw" for name in os.listdir(folder)} | PEOPLE
    where = {row["name"]: row["where"] for row in links}
    checked = {row["id"]: row for row in claims if row["check"] == SURVEYS}
    for row in surveys:
        place, used = row["place"], row["run"].split("-")
        if row["id"] not in checked:
            yield f"{place}: {row['id']} is no claim that is checked by surveys"
            continue
        for run in used:
            if run not in runs:
                yield f"{place}: there is no run {run}"
        for link in words(checked[row["id"]]["link"]):
            if any(runs.get(run, where[link]) != where[link] for run in used):
                yield f"{place}: {row['run']} knows no link {link}"
        if row["relation"] not in ("<", "<=", ">", ">=") or number(row["bound"]) != number(row["bound"]):
            yield f"{place}: no relation, or no bound"
        if not re.fullmatch(r"-|(does not hold|stands): \S.*", row["came"]):
            yield f"{place}: what came of it begins with `does not hold: ` or `stands: `"
    read = [row["id"] for row in surveys]
    for name in checked.keys() - set(read):
        yield f"claims.tsv: there is no survey of {name}"
    if read != sorted(read, key=[row["id"] for row in claims].index):
        yield "surveys.tsv: not in the order of the claims"
    used = {run for row in surveys for run in row["run"].split("-")}
    for name in runs.keys() - used - {"market"}:
        yield f"surveys/{name}.ebb: no survey is read off it"


def unchecked_faults(claims, unchecked):
    """A claim has a check, or it is said why it has none; not both."""
    without = {row["id"]: row for row in unchecked}
    for row in claims:
        if (row["check"] == "-") != (row["id"] in without):
            yield f"{row['place']}: {row['id']} has a check and a word why not, or neither"
    for name in without.keys() - {row["id"] for row in claims}:
        yield f"{without[name]['place']}: there is no claim {name}"


def reading_faults(readings, missed, figures):
    """Every held-out figure is read off a run, or it is said why it cannot be; runs are
    there; what is missed is among what is read."""
    held = {row["id"] for row in figures if row["used"] == "held-out"}
    shown = {row["id"] for row in figures} - held
    runs = {name.removesuffix(".ebb")
            for name in os.listdir(os.path.join(ROOT, "evidence", "held_out"))}
    for row in readings:
        place, run = row["place"], row["run"]
        if row["id"] not in held | shown:
            yield f"{place}: there is no figure {row['id']}"
        if run not in runs | {"-", "market"}:
            yield f"{place}: there is no run {run}"
        if len({run == "-", row["statistic"] == "-", row["columns"] == "-"}) > 1:
            yield f"{place}: a run, a statistic and its columns go together"
        if row["note"] == "-":
            yield f"{place}: it is not said what is taken for what, or why there is none"
    for name in held - {row["id"] for row in readings}:
        yield f"figures.tsv: {name} is held out, and not read off any run"
    read = {row["id"] for row in readings if row["run"] != "-"}
    for row in missed:
        if row["id"] not in held & read:
            yield f"{row['place']}: {row['id']} is not held out and read off a run"
    for name in runs - {row["run"] for row in readings}:
        yield f"held_out/{name}.ebb: no figure is read off it"


def link_faults(row):
    """What is to be cut is in its model, as soon as there is that model."""
    path = os.path.join(ROOT, "models", row["where"] + ".ebb")
    words_of = {"parameter": "param", "lever": "input", "input": "input", "trait": "trait"}
    if row["kind"] not in (*words_of, "mechanism"):
        yield f"{row['place']}: kind {row['kind']} is not a known one"
    if row["kind"] != "mechanism" and os.path.exists(path):
        word = words_of.get(row["kind"])
        model = open(path, encoding="utf8").read()
        if not re.search(rf"^\s*(?:shared )?{word}\s+{row['name']}\b", model, re.M):
            yield f"{row['place']}: {row['where']} has no {word} {row['name']}"


def number(cell):
    """A cell's number, NaN if it is none; a sign without size lies in its half line."""
    try:
        return {"+": 1e300, "-": -1e300}.get(cell) or float(cell)
    except ValueError:
        return float("nan")


def figure_faults(row, name, sources):
    place, memory = row["place"], row["standing"].startswith("memory")
    yield from unknown(row, "interval", INTERVALS)
    yield from unknown(row, "used", USES[name])
    if row["standing"] not in STANDINGS + ["seed"]:
        yield f"{place}: {row['standing']} is not a known standing"
    else:
        yield from standing_faults(place, row["source"], row["standing"], sources)
    if not number(row["low"]) <= number(row["value"]) <= number(row["high"]):
        yield f"{place}: {row['value']} is not within {row['low']} and {row['high']}"
    if (row["value"] in "+-") != (row["interval"] == "sign"):
        yield f"{place}: a sign and no size is of the kind sign, and nothing else is"
    if row["interval"] == "ten-percent" and not ten_percent(row):
        yield f"{place}: not ten percent either way"
    if memory and "publish" in (row["interval"] + row["figure"]).lower():
        yield f"{place}: remembered, and called published"
    if name == "fit.tsv" and row["standing"] in ("memory-low", "seed"):
        yield f"{place}: nothing is fitted to what stands so low"


def ten_percent(row):
    """Whether the interval is the value less and plus a tenth, to four digits."""
    value, low, high = (number(row[c]) for c in ("value", "low", "high"))
    close = 6e-4 * abs(value)
    return abs((high - low) / 2 - 0.1 * abs(value)) <= close \
        and abs((high + low) / 2 - value) <= close


def unused(rows, column, used, place):
    for row in rows:
        if row[column] not in used:
            yield f"{row['place']}: nothing in {place} uses {row[column]}"


def posterior_faults(params):
    """Draws of the parameters, if there are any: each within its range."""
    path = os.path.join(ROOT, "evidence", "fit", "posterior.tsv")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf8") as file:
        head, *rows = [line.rstrip("\n").split("\t") for line in file]
    if head != [row["name"] for row in params]:
        yield "fit/posterior.tsv: its columns are not the parameters"
        return
    slack = 1 + 1e-5  # of numbers written with six digits
    for number, cells in enumerate(rows, 2):
        for row, cell in zip(params, cells):
            if not float(row["low"]) / slack <= float(cell) <= float(row["high"]) * slack:
                yield f"fit/posterior.tsv:{number}: {row['name']} is outside its range"


def fit_faults(targets):
    """The folder of a calibration: its parameters and figures rest on runs that are there,
    and each figure says why where it is not fitted to."""
    params, faults = table("fit/parameters.tsv")
    figures, more = table("fit/figures.tsv")
    yield from [*faults, *more, *twice(params, "name"), *twice(figures, "id")]
    yield from posterior_faults(params)
    folder = os.path.join(ROOT, "evidence", "fit")
    runs = {name[:-4] for name in os.listdir(folder) if name.endswith(".ebb")}
    if {row["id"] for row in figures} != {row["id"] for row in targets}:
        yield "fit/figures.tsv: not a line for each row of fit/fit.tsv"
    for row in params:
        for name in set(row["runs"].split(" ")) - runs:
            yield f"{row['place']}: there is no run {name}"
        if row["scale"] not in ("plain", "log") or row["why"] == "-":
            yield f"{row['place']}: a scale that is none, or no reason"
    for row in figures:
        if row["run"] not in runs | {"-"}:
            yield f"{row['place']}: there is no run {row['run']}"
        if (row["run"] == "-") == (row["why"] == "-"):
            yield f"{row['place']}: a run, or why there is none"


def main():
    claims, faults = table("claims.tsv")
    links, more = table("links.tsv")
    sources, rest = table("sources.tsv")
    faults += more + rest
    by_name = {row["name"]: row["standing"] for row in sources}
    for row in sources:
        faults += unknown(row, "standing", STANDINGS + ["seed"])
    wanted = [f"{letter}{n}" for letter in "ABC" for n in range(1, CLAIMS[letter] + 1)]
    if [row["id"] for row in claims] != wanted:
        missing = sorted(set(wanted) ^ {row["id"] for row in claims})
        faults.append(f"claims.tsv: not {len(wanted)} claims in order: {missing}")
    blocks, more = check_names(os.path.join(ROOT, "evidence", "checks"))
    faults += [*more, *check_faults(claims, links, blocks)]
    surveys, more = table("surveys.tsv")
    faults += [*more, *survey_faults(claims, links, surveys)]
    unchecked, more = table("unchecked.tsv")
    faults += [*more, *twice(unchecked, "id"), *unchecked_faults(claims, unchecked)]
    names = {row["name"] for row in links}
    for row in claims:
        faults += claim_faults(row, names, by_name)
    for row in links:
        faults += link_faults(row)
    figures = []
    for name in USES:
        rows, more = table(name)
        faults += more
        figures += rows
        if name == "fit/fit.tsv":
            faults += fit_faults(rows)
        for row in rows:
            faults += figure_faults(row, name, by_name)
    readings, more = table("figures.tsv")
    missed, rest = table("missed.tsv")
    faults += [*more, *rest, *twice(readings, "id"), *twice(missed, "id"),
               *reading_faults(readings, missed, figures)]
    faults += [*twice(links, "name"), *twice(sources, "name"), *twice(figures, "id")]
    cited = {row["source"] for row in figures}
    cited.update(source for row in claims for source, _, _ in entries(row))
    cut = {link for row in claims for link in words(row["link"])}
    faults += [*unused(sources, "name", cited, "evidence/"),
               *unused(links, "name", cut, "claims.tsv")]
    print("\n".join(faults))
    print(f"{len(claims)} claims, {len(blocks)} with a check, {len({row['id'] for row in surveys})} with surveys, {len(figures)} figures, {len(sources)} sources")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
