/* SPDX-License-Identifier: MIT
 * The forms of formulas, what they share about names, and the statements of a model in
 * a form. */
#ifndef EBB_LANG_FORMS_H
#define EBB_LANG_FORMS_H

#include "lang/writing.h"

extern const ebb_form_t ebb_form_latex, ebb_form_mathml;

/* A Greek letter by its name: its character, UTF-8; NULL when it is none. LaTeX calls
 * it by the same name. */
const char *ebb_greek(const char *name, size_t length);

/* The part of a name that a reader sees as the symbol, in bytes: "r" of r_0, "sigma" of
 * sigma_x, "x" of x1. The whole name where it is a word. */
size_t ebb_symbol_base(const char *name);

/* The shortest decimal of a finite number, whole ones below a million written out; what
 * it is to be multiplied with as a power of ten, or "". Both are in `digits`. */
#define EBB_DIGITS 40
const char *ebb_symbol_digits(char digits[EBB_DIGITS], double value);

/* Breaks the row of an `aligned` that begins at a place of `out` where its marks say
 * that it may be broken, and takes the marks out. */
void ebb_latex_break(ebb_text_t *out, size_t begin);

/* Text with what LaTeX, or XML, would take for its own written as text. */
void ebb_latex_text(ebb_text_t *out, const char *text);
void ebb_xml_text(ebb_text_t *out, const char *text);

/* Code point of the well-formed UTF-8 sequence at `*text`, which goes behind it; 0 at
 * the end. */
uint32_t ebb_text_step(const char **text);

typedef enum ebb_chapter {
    EBB_CHAPTER_FUNCTIONS,
    EBB_CHAPTER_LETS,
    EBB_CHAPTER_EQUATIONS,
    EBB_CHAPTER_HISTORY,
    EBB_CHAPTER_EVENTS,
    EBB_CHAPTER_COUNT
} ebb_chapter_t;

/* Whether a model says anything of the kind; and all it says, in order of the file. */
bool ebb_chapter_has(const ebb_syntax_t *syntax, ebb_chapter_t section);
void ebb_chapter_write(ebb_writing_t *writing, ebb_chapter_t section);

/* The voice of a person's name in the file (EBB_NONE: each of them). */
ebb_voice_t ebb_voice_of(const ebb_model_t *model, uint32_t name);

/* The tables of a LaTeX document. */
void ebb_latex_tables(ebb_writing_t *writing);

#endif
