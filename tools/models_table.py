#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the C tables of src/lang/library.c: the models and scenarios that ship, as text.

    models_table.py OUTPUT MODEL.ebb... --scenarios SCENARIOS.ebb...

The name and the sentence are those of the `model` statement, and the file is called
after the name; else it is refused, as a model must be found under the name it has. A
file of scenarios holds as many as it likes, each of a name of its own among all.
"""
import os
import re
import sys

MODEL = re.compile(r'^model\s+(\w+)\s+"([^"]*)"', re.MULTILINE)
SCENARIO = re.compile(r'^scenario\s+(\w+)\s+"([^"]*)"\s+uses\s+(\w+)', re.MULTILINE)


def c_string(text):
    octal = (chr(b) if 0x20 <= b < 0x7F and chr(b) not in '"\\?' else f"\\{b:03o}"
             for b in text.encode())
    return '"' + "".join(octal) + '"'


def c_bytes(data):
    lines = (data[at:at + 20] for at in range(0, len(data), 20))
    return ",\n".join("    " + ", ".join(map(str, line)) for line in lines)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def models_of(paths):
    """Name, sentence and bytes of each, by name."""
    models = []
    for path in paths:
        data = read(path)
        head = MODEL.search(data.decode())
        if not head:
            raise SystemExit(f"{path}: no line `model NAME \"sentence\"`")
        if head[1] + ".ebb" != os.path.basename(path):
            raise SystemExit(f"{path}: the model is called {head[1]}")
        models.append((head[1], head[2], data))
    return sorted(models)


def scenarios_of(paths, models):
    """Name, sentence, model and place among the files of each scenario, by name."""
    scenarios = {}
    for place, path in enumerate(paths):
        heads = SCENARIO.findall(read(path).decode())
        if not heads:
            raise SystemExit(f"{path}: no line `scenario NAME \"sentence\" uses MODEL`")
        for name, sentence, uses in heads:
            if name in scenarios:
                raise SystemExit(f"{path}: there is a scenario {name} already")
            if uses not in models:
                raise SystemExit(f"{path}: {name} uses {uses}, which does not ship")
            scenarios[name] = (sentence, uses, place)
    return sorted((name, *rest) for name, rest in scenarios.items())


def write_models(file, models):
    for name, _, data in models:
        file.write(f"static const unsigned char model_{name}[] = {{\n"
                   f"{c_bytes(data)}}};\n\n")
    file.write("const ebb_library_row_t ebb_library_rows[] = {\n")
    for name, sentence, data in models:
        file.write(f"    {{{c_string(name)}, {c_string(sentence)},\n"
                   f"     model_{name}, {len(data)}}},\n")
    file.write(f"}};\nconst size_t ebb_library_row_count = {len(models)};\n\n")


def write_scenarios(file, paths, scenarios):
    for place, path in enumerate(paths):
        file.write(f"static const unsigned char scenarios_{place}[] = {{\n"
                   f"{c_bytes(read(path))}}};\n\n")
    file.write("const ebb_library_scenario_row_t ebb_library_scenario_rows[] = {\n")
    for name, sentence, uses, place in scenarios:
        label = c_string(os.path.basename(paths[place]))
        file.write(f"    {{{c_string(name)}, {c_string(sentence)},\n"
                   f"     {c_string(uses)}, {label},\n"
                   f"     scenarios_{place}, sizeof scenarios_{place}}},\n")
    file.write(f"}};\nconst size_t ebb_library_scenario_row_count = {len(scenarios)};\n")


def main():
    output, rest = sys.argv[1], sys.argv[2:]
    at = rest.index("--scenarios")
    models, paths = models_of(rest[:at]), rest[at + 1:]
    scenarios = scenarios_of(paths, {name for name, _, _ in models})
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made by tools/models_table.py; do not edit. */\n")
        file.write('#include "lang/library.h"\n\n')
        write_models(file, models)
        write_scenarios(file, paths, scenarios)


main()
