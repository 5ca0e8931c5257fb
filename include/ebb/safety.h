/* SPDX-License-Identifier: MIT
 *
 * The gate: where somebody declares fear, threats, control or injury, nothing is shown
 * of a cycle between two, and words on where to turn are shown instead.
 *
 * The gate works on declared facts only. Messages, their timing and states that a model
 * computes never close it and never open it: coercion cannot be read off them, and what
 * looks fierce may be no coercion. Whoever writes a result asks first:
 *
 *     if (ebb_gate_closed(facts)) {
 *         code = ebb_gate_write(&text, facts, &opts);   // in place of the result
 *     }
 */
#ifndef EBB_SAFETY_H
#define EBB_SAFETY_H

#include <stdbool.h>
#include <stdint.h>

#include "ebb/error.h"
#include "ebb/text.h"

/* What can be declared, with its word in scenarios and on the command line. The
 * sentence of each is "gate.fact.WORD" in the text table. */
#define EBB_FACT_LIST(X)             \
    X(EBB_FACT_FEAR, "fear")         \
    X(EBB_FACT_THREATS, "threats")   \
    X(EBB_FACT_CONTROL, "control")   \
    X(EBB_FACT_STALKING, "stalking") \
    X(EBB_FACT_INJURY, "injury")     \
    X(EBB_FACT_SEX, "forced_sex")    \
    X(EBB_FACT_WEAPONS, "weapons")

typedef enum ebb_fact {
#define EBB_FACT_ENUM(name, word) name,
    EBB_FACT_LIST(EBB_FACT_ENUM)
#undef EBB_FACT_ENUM
        EBB_FACT_COUNT
} ebb_fact_t;

/* A set of facts: the bit 1u << fact of each that was declared; 0: none was. */
typedef uint32_t ebb_facts_t;

/**
 * The word of a fact, as it is declared.
 *
 * @param[in] fact  one of the list
 * @return static ASCII; "" for a number that is none of the list. Thread-safe.
 */
const char *ebb_fact_word(ebb_fact_t fact);

/**
 * The fact of a word.
 *
 * @param[in]  word  NUL-terminated, not NULL; upper and lower case differ
 * @param[out] fact  which one it is; untouched when there is none of that word
 * @return whether there is one. A word that is near but not the same is none: what is
 * declared must be meant. Thread-safe.
 */
bool ebb_fact_of(const char *word, ebb_fact_t *fact);

/**
 * All words of facts, for messages: "fear, threats, control ...".
 *
 * @return static ASCII, in the order of the list, separated by ", ". Thread-safe.
 */
const char *ebb_fact_words(void);

/**
 * Whether these facts close the gate.
 *
 * @param[in] facts  what was declared, by the couple or by a scenario
 * @return true with any fact of the list, false with none; bits beyond the list count
 * as facts, so that an older program errs on the safe side. Thread-safe.
 */
bool ebb_gate_closed(ebb_facts_t facts);

typedef enum ebb_gate_form {
    EBB_GATE_TEXT, /* for a terminal */
    EBB_GATE_JSON, /* a document of schema "ebb/safety", version 1 (docs/schema.md) */
    EBB_GATE_CSV,  /* a table of the columns kind,text */
    EBB_GATE_HTML  /* one page that fetches nothing and runs nothing */
} ebb_gate_form_t;

typedef struct ebb_gate_opts {
    ebb_gate_form_t form;
    const char *scenario; /* which declared them; NULL: the couple did */
    const char *counts;   /* a sentence of plain counts that may stand below, or NULL */
    const char *country;  /* ISO 3166 code for the emergency number, or NULL */
    const char *language; /* "en"; NULL means it too */
    int width;            /* columns of the text, 40 to 200; 0 means 80 */
    bool colour;          /* the text may use ANSI colours */
} ebb_gate_opts_t;

/**
 * Writes what stands in the place of a result behind a closed gate: what was declared,
 * that two do not make it between them, that techniques of talking and work as a couple
 * are not advised where one is afraid, and where to turn.
 *
 * @param[in,out] out    appended to; UTF-8, ends with a newline; its `failed` says when
 *                       memory ran out
 * @param[in]     facts  what was declared, at least one
 * @param[in]     opts   NULL for the defaults: a text of 80 columns without colour
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes. Every form holds
 * the same sentences; of the numbers to call only those that the program knows for
 * the country.
 */
int ebb_gate_write(ebb_text_t *out, ebb_facts_t facts,
                   const ebb_gate_opts_t *opts) EBB_MUST_CHECK;

#endif
