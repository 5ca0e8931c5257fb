/* SPDX-License-Identifier: MIT
 * The gate: which facts close it, and what is then said. */
#include "safety/gate.h"

#include <string.h>

#include "safety/help.h"

bool ebb_gate_closed(ebb_facts_t facts)
{
    return facts != 0;
}

const char *ebb_gate_kind_word(ebb_gate_kind_t kind)
{
    static const char *const words[] = {
        [EBB_GATE_TITLE] = "title",   [EBB_GATE_FACT] = "fact",
        [EBB_GATE_WORDS] = "words",   [EBB_GATE_HELP] = "help",
        [EBB_GATE_COUNTS] = "counts",
    };
    return words[kind];
}

static const char *const gate_fact_keys[] = {
#define GATE_FACT_KEY(name, word) "gate.fact." word,
    EBB_FACT_LIST(GATE_FACT_KEY)
#undef GATE_FACT_KEY
};

/* What is said whatever was declared. */
static const ebb_gate_line_t gate_words[] = {
    {.kind = EBB_GATE_WORDS, .key = "gate.words.made"},
    {.kind = EBB_GATE_WORDS, .key = "gate.words.talking"},
    {.kind = EBB_GATE_WORDS, .key = "gate.words.decides"},
};
static const ebb_gate_line_t gate_help[] = {
    {.kind = EBB_GATE_HELP, .key = "gate.help.near"},
    {.kind = EBB_GATE_HELP, .key = "gate.help.device"},
};

/* The emergency number where it is known; the same sentence without it where not. */
static ebb_gate_line_t gate_now(const char *country)
{
    const char *number = country ? ebb_help_emergency(country) : NULL;
    return (ebb_gate_line_t){
        .kind = EBB_GATE_HELP,
        .key = number ? "gate.help.now_number" : "gate.help.now",
        .number = number,
    };
}

size_t ebb_gate_lines(ebb_facts_t facts, const ebb_gate_opts_t *opts,
                      ebb_gate_line_t lines[EBB_GATE_LINES_MOST])
{
    size_t count = 0;
    lines[count++] = (ebb_gate_line_t){.kind = EBB_GATE_TITLE, .key = "gate.title"};
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        if (facts & (1u << i)) {
            lines[count++] = (ebb_gate_line_t){
                .kind = EBB_GATE_FACT, .key = gate_fact_keys[i], .fact = (ebb_fact_t)i};
        }
    }
    memcpy(&lines[count], gate_words, sizeof gate_words);
    count += sizeof gate_words / sizeof *gate_words;
    lines[count++] = gate_now(opts->country);
    memcpy(&lines[count], gate_help, sizeof gate_help);
    count += sizeof gate_help / sizeof *gate_help;
    if (opts->counts) {
        lines[count++] =
            (ebb_gate_line_t){.kind = EBB_GATE_COUNTS, .text = opts->counts};
    }
    return count;
}
