/* SPDX-License-Identifier: MIT
 * What a diagram says in words: its key, its loops, and every arrow. */
#include <stdio.h>
#include <string.h>

#include "lang/diagram.h"
#include "lang/forms.h"

#define WORDS_LINE 18.0
#define WORDS_LETTER 6.5

/* Lines of a text, broken at spaces. */
typedef struct ebb_lines {
    ebb_text_t *out; /* NULL: the lines are only counted */
    double x, y, indent;
    size_t room, used; /* letters of a line */
    bool open;
} ebb_lines_t;

static void lines_put(const ebb_lines_t *lines, const char *text)
{
    if (lines->out) {
        ebb_xml_text(lines->out, text);
    }
}

static void lines_end(ebb_lines_t *lines)
{
    if (lines->open) {
        if (lines->out) {
            ebb_text_puts(lines->out, "</text>\n");
        }
        lines->y += WORDS_LINE;
    }
    lines->open = false;
    lines->used = 0;
}

static void lines_begin(ebb_lines_t *lines, double indent)
{
    if (lines->out) {
        ebb_text_printf(lines->out, "<text class=\"w\" x=\"%.1f\" y=\"%.1f\">",
                        lines->x + indent, lines->y + 13);
    }
    lines->open = true;
}

/* A word with a space before it, on a new line where it does not fit. */
static void lines_word(ebb_lines_t *lines, const char *word)
{
    size_t letters = 0;
    for (const char *next = word; ebb_text_step(&next);) {
        letters++;
    }
    if (lines->open && lines->used + letters + 1 > lines->room) {
        lines_end(lines);
        lines_begin(lines, lines->indent);
    } else if (!lines->open) {
        lines_begin(lines, 0);
    } else {
        lines_put(lines, " ");
    }
    lines_put(lines, word);
    lines->used += letters + 1;
}

/* Words of a sentence. */
static void lines_sentence(ebb_lines_t *lines, const char *text)
{
    char word[64];
    while (*text) {
        size_t n = strcspn(text, " ");
        n = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, text, n);
        word[n] = '\0';
        lines_word(lines, word);
        text += n;
        text += *text == ' ';
    }
}

static const char *words_sign(uint8_t bits)
{
    bits &= EBB_LINK_SIGN;
    return bits == EBB_LINK_PLUS    ? "+"
           : bits == EBB_LINK_MINUS ? "−"
           : bits                   ? "±"
                                    : "0";
}

static void words_loop(ebb_lines_t *lines, const ebb_diagram_t *diagram, size_t index)
{
    const ebb_loop_t *loop = &diagram->loops[index];
    char name[32];
    bool late = (loop->bits & EBB_LINK_LATE) != 0;
    ebb_loop_name(diagram, index, name);
    (void)snprintf(name + strlen(name), 16, late ? ", late:" : ":");
    lines_sentence(lines, name);
    for (uint32_t i = 0; i < loop->count; i++) {
        uint32_t to = loop->spots[(i + 1) % loop->count];
        lines_word(lines, diagram->spots[loop->spots[i]].name);
        lines_word(lines, words_sign(diagram->moves[loop->spots[i]][to]));
    }
    lines_word(lines, diagram->spots[loop->spots[0]].name);
    if (loop->mirrored) {
        lines_sentence(lines, "(and mirrored)");
    }
    lines_end(lines);
}

static bool words_has(const ebb_diagram_t *diagram, uint8_t mask, uint8_t bits)
{
    for (size_t i = 0; i < diagram->link_count; i++) {
        if ((diagram->links[i].bits & mask) == bits) {
            return true;
        }
    }
    return false;
}

static void words_key(ebb_lines_t *lines, const ebb_diagram_t *diagram)
{
    lines_sentence(lines, "+ rises with it, − falls with it");
    if (words_has(diagram, EBB_LINK_SIGN, EBB_LINK_SIGN)) {
        lines_sentence(lines, "· ± depends on where one is");
    }
    if (words_has(diagram, EBB_LINK_SIGN, 0)) {
        lines_sentence(lines, "· dotted: nothing, with the values that the model has");
    }
    if (words_has(diagram, EBB_LINK_LATE, EBB_LINK_LATE)) {
        lines_sentence(lines, "· || late");
    }
    lines_sentence(lines, "· how something fades by itself is not drawn");
    lines_end(lines);
}

double ebb_diagram_words(const ebb_diagram_t *diagram, double width, double y,
                         ebb_text_t *out)
{
    ebb_lines_t lines = {.out = out, .x = 24, .y = y, .indent = 24};
    lines.room = (size_t)((width - 52) / WORDS_LETTER);
    words_key(&lines, diagram);
    lines.y += 6;
    if (diagram->loop_count) {
        lines_sentence(&lines, "Loops: R feeds what it begins with, B holds it back.");
        lines_end(&lines);
    }
    for (size_t i = 0; i < diagram->loop_count; i++) {
        words_loop(&lines, diagram, i);
    }
    if (diagram->loop_count == EBB_DIAGRAM_LOOPS) {
        lines_sentence(&lines, "There may be more, longer ones.");
        lines_end(&lines);
    }
    return lines.y - y;
}

void ebb_diagram_describe(const ebb_diagram_t *diagram, ebb_text_t *out)
{
    ebb_text_puts(out, "Causal-loop diagram. ");
    for (size_t i = 0; i < diagram->link_count; i++) {
        const ebb_link_t *link = &diagram->links[i];
        uint8_t sign = link->bits & EBB_LINK_SIGN;
        const char *verb = sign == EBB_LINK_PLUS    ? "raises"
                           : sign == EBB_LINK_MINUS ? "lowers"
                           : sign                   ? "raises or lowers"
                                                    : "does not move";
        ebb_xml_text(out, diagram->spots[link->from].name);
        ebb_text_printf(out, " %s ", verb);
        ebb_xml_text(out, diagram->spots[link->to].name);
        ebb_text_puts(out, link->bits & EBB_LINK_LATE ? " late. " : ". ");
    }
}
