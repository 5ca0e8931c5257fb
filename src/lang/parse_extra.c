/* SPDX-License-Identifier: MIT
 * Statements that only populations and trials have: who the people are, which kinds of
 * couples are told apart, what is asked of them and when. */
#include "lang/parser.h"

/* What stands in a statement, in this order. */
enum {
    EXTRA_NAME = 1,   /* NAME ["sentence"] */
    EXTRA_AT = 2,     /* at TIME */
    EXTRA_EVERY = 4,  /* the word */
    EXTRA_WHEN = 8,   /* when CONDITION */
    EXTRA_BOUND = 16, /* or below NUMBER, or above NUMBER */
    EXTRA_SPAN = 32,  /* [at TIME | from TIME to TIME] = */
    EXTRA_VALUE = 64  /* a number, or an expression of one moment */
};

static const struct {
    ebb_word_t word;
    ebb_order_kind_t kind;
    bool population, trial; /* of which it is a statement */
    int parts;
} extra_rows[] = {
    {EBB_WORD_CORRELATION, EBB_ORDER_CORRELATION, true, true, EXTRA_VALUE},
    {EBB_WORD_GROUP, EBB_ORDER_GROUP, true, true, EXTRA_NAME | EXTRA_WHEN},
    {EBB_WORD_SATISFIED, EBB_ORDER_SATISFIED, true, false, EXTRA_WHEN},
    {EBB_WORD_ENDING, EBB_ORDER_ENDING, true, false, EXTRA_NAME | EXTRA_WHEN},
    {EBB_WORD_REPORT, EBB_ORDER_REPORT, true, false, EXTRA_EVERY | EXTRA_VALUE},
    {EBB_WORD_KEEP, EBB_ORDER_KEEP, true, false, EXTRA_NAME | EXTRA_SPAN | EXTRA_VALUE},
    {EBB_WORD_ENTER, EBB_ORDER_ENTER, false, true, EXTRA_AT | EXTRA_WHEN | EXTRA_BOUND},
    {EBB_WORD_END, EBB_ORDER_END, false, true, EXTRA_AT},
    {EBB_WORD_FOLLOW, EBB_ORDER_FOLLOW, false, true, EXTRA_AT},
    {EBB_WORD_OUTCOME, EBB_ORDER_OUTCOME, false, true, EXTRA_VALUE},
    {EBB_WORD_SD, EBB_ORDER_SD, false, true, EXTRA_VALUE},
    {EBB_WORD_RELIABILITY, EBB_ORDER_RELIABILITY, false, true, EXTRA_VALUE},
    {EBB_WORD_RECOVERED, EBB_ORDER_RECOVERED, false, true, EXTRA_WHEN | EXTRA_BOUND},
    {EBB_WORD_DROPPED, EBB_ORDER_DROPPED, false, true, EXTRA_WHEN},
};

enum { EXTRA_ROWS = sizeof extra_rows / sizeof *extra_rows };

/* The row of a word that begins a statement of what the head begins, or EXTRA_ROWS. */
static size_t extra_row(uint32_t head, uint32_t word)
{
    size_t row = 0;
    while (row < EXTRA_ROWS &&
           ((uint32_t)extra_rows[row].word != word ||
            !(head == EBB_WORD_TRIAL ? extra_rows[row].trial
                                     : extra_rows[row].population))) {
        row++;
    }
    return row;
}

bool ebb_parse_is_extra(uint32_t head, uint32_t word)
{
    return word == EBB_WORD_PEOPLE || word == EBB_WORD_PAIRING ||
           extra_row(head, word) < EXTRA_ROWS;
}

static bool extra_name(ebb_parser_t *parser, ebb_order_t *order)
{
    order->target.where = parser->token.where;
    if (!ebb_parse_new_name(parser, &order->target.name, "a name")) {
        return false;
    }
    (void)ebb_parse_string(parser, &order->text);
    return true;
}

static bool extra_word(ebb_parser_t *parser, ebb_word_t word, const char *expected)
{
    return ebb_parse_take_word(parser, word) || ebb_parse_misfit(parser, expected);
}

/* The times stand before the `=`: behind the expression they could as well begin the
 * next statement. */
static bool extra_span(ebb_parser_t *parser, ebb_order_t *order)
{
    bool at = ebb_parse_take_word(parser, EBB_WORD_AT);
    if (at || ebb_parse_take_word(parser, EBB_WORD_FROM)) {
        if (!ebb_parse_formula(parser, &order->from)) {
            return false;
        }
        if (!at && !(extra_word(parser, EBB_WORD_TO, "`to` and a time") &&
                     ebb_parse_formula(parser, &order->to))) {
            return false;
        }
    }
    return ebb_parse_take(parser, EBB_LEX_ASSIGN) ||
           ebb_parse_misfit(parser, "`=`, or `at` and a time before it");
}

/* An expression of one moment: mean and its like bring the persons together in it. */
static bool extra_moment(ebb_parser_t *parser, ebb_formula_t *formula)
{
    parser->in_run = true;
    bool read = ebb_parse_formula(parser, formula);
    parser->in_run = false;
    return read;
}

/* Takes `below` or `above`, if one stands there. */
static bool extra_bound(ebb_parser_t *parser, ebb_order_t *order)
{
    bool below = ebb_parse_take_word(parser, EBB_WORD_BELOW);
    bool above = !below && ebb_parse_take_word(parser, EBB_WORD_ABOVE);
    order->side = below ? EBB_WORD_BELOW : above ? EBB_WORD_ABOVE : 0;
    return below || above;
}

static bool extra_parts(ebb_parser_t *parser, ebb_order_t *order, int parts)
{
    if (parts & EXTRA_NAME && !extra_name(parser, order)) {
        return false;
    }
    if (parts & EXTRA_AT && !(extra_word(parser, EBB_WORD_AT, "`at` and a time") &&
                              ebb_parse_formula(parser, &order->from))) {
        return false;
    }
    if (parts & EXTRA_EVERY &&
        !extra_word(parser, EBB_WORD_EVERY, "`every` and a length of time")) {
        return false;
    }
    if (parts & EXTRA_BOUND && extra_bound(parser, order)) {
        return ebb_parse_formula(parser, &order->value);
    }
    if (parts & EXTRA_WHEN &&
        !extra_word(parser, EBB_WORD_WHEN,
                    parts & EXTRA_BOUND
                        ? "`when` and a condition, or `below` or `above` and a number"
                        : "`when` and a condition")) {
        return false;
    }
    if (parts & EXTRA_SPAN && !extra_span(parser, order)) {
        return false;
    }
    return !(parts & (EXTRA_WHEN | EXTRA_VALUE)) || extra_moment(parser, &order->value);
}

/* --- pairing ---------------------------------------------------------------------- */

/* One of a list, behind its word or a comma: a name, and of a number its value. */
static bool extra_pairing_one(ebb_parser_t *parser, ebb_order_t *order,
                              const char *expected)
{
    ebb_parse_step(parser);
    order->target.where = parser->token.where;
    return ebb_parse_new_name(parser, &order->target.name, expected) &&
           (order->kind != EBB_ORDER_PAIRING_WITH ||
            (ebb_parse_expect(parser, EBB_LEX_ASSIGN, "the name of a number") &&
             ebb_parse_formula(parser, &order->value))) &&
           ebb_parse_order(parser, order) != NULL;
}

static bool extra_pairing_list(ebb_parser_t *parser, ebb_order_t order,
                               const char *expected)
{
    bool read = extra_pairing_one(parser, &order, expected);
    while (read && ebb_parse_is(parser, EBB_LEX_COMMA)) {
        read = extra_pairing_one(parser, &order, expected);
    }
    return read;
}

/* pairing HOW [without NAME, ...] [with NAME = VALUE, ...]; an order for each. */
static bool extra_pairing(ebb_parser_t *parser)
{
    ebb_order_t order = {.kind = EBB_ORDER_PAIRING,
                         .where = parser->token.where,
                         .target = {.person = EBB_NONE, .name = EBB_NONE},
                         .text = ""};
    bool read = extra_pairing_one(parser, &order, "`independent` or `market`");
    if (read && ebb_parse_is_word(parser, EBB_WORD_WITHOUT)) {
        order.kind = EBB_ORDER_PAIRING_WITHOUT;
        read = extra_pairing_list(parser, order, "a mechanism, as survival");
    }
    if (read && ebb_parse_is_word(parser, EBB_WORD_WITH)) {
        order.kind = EBB_ORDER_PAIRING_WITH;
        read = extra_pairing_list(parser, order, "a number and its value");
    }
    return read;
}

/* --- the statement ---------------------------------------------------------------- */

bool ebb_parse_extra(ebb_parser_t *parser)
{
    if (ebb_parse_is_word(parser, EBB_WORD_PEOPLE)) {
        return ebb_parse_settings(parser, EBB_ORDER_PEOPLE);
    }
    if (ebb_parse_is_word(parser, EBB_WORD_PAIRING)) {
        return extra_pairing(parser);
    }
    size_t row = extra_row(parser->head, parser->token.name);
    ebb_order_t order = {.kind = (uint8_t)extra_rows[row].kind,
                         .where = parser->token.where,
                         .target = {.person = EBB_NONE, .name = EBB_NONE},
                         .text = ""};
    ebb_parse_step(parser);
    return extra_parts(parser, &order, extra_rows[row].parts) &&
           ebb_parse_order(parser, &order) != NULL;
}
