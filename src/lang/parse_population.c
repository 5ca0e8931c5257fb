/* SPDX-License-Identifier: MIT
 * Statements that only a population has: who the people are, which kinds of couples are
 * told apart, when they are satisfied, how they end. */
#include "lang/parser.h"

bool ebb_parse_is_population(uint32_t word)
{
    return word == EBB_WORD_COUPLES || word == EBB_WORD_PEOPLE ||
           word == EBB_WORD_CORRELATION || word == EBB_WORD_GROUP ||
           word == EBB_WORD_SATISFIED || word == EBB_WORD_ENDING ||
           word == EBB_WORD_REPORT;
}

/* NAME ["sentence"], of a group or an ending. */
static bool population_name(ebb_parser_t *parser, ebb_order_t *order)
{
    order->target.where = parser->token.where;
    if (!ebb_parse_new_name(parser, &order->target.name, "a name")) {
        return false;
    }
    (void)ebb_parse_string(parser, &order->text);
    return true;
}

/* A condition of one moment: mean and its like bring the persons together in it. */
static bool population_when(ebb_parser_t *parser, ebb_order_t *order)
{
    if (!ebb_parse_take_word(parser, EBB_WORD_WHEN)) {
        return ebb_parse_misfit(parser, "`when` and a condition");
    }
    parser->in_run = true;
    bool read = ebb_parse_formula(parser, &order->value);
    parser->in_run = false;
    return read;
}

bool ebb_parse_population(ebb_parser_t *parser)
{
    static const struct {
        ebb_word_t word;
        ebb_order_kind_t kind;
    } rows[] = {
        {EBB_WORD_CORRELATION, EBB_ORDER_CORRELATION},
        {EBB_WORD_GROUP, EBB_ORDER_GROUP},
        {EBB_WORD_SATISFIED, EBB_ORDER_SATISFIED},
        {EBB_WORD_ENDING, EBB_ORDER_ENDING},
        {EBB_WORD_REPORT, EBB_ORDER_REPORT},
    };
    if (ebb_parse_is_word(parser, EBB_WORD_PEOPLE)) {
        return ebb_parse_settings(parser, EBB_ORDER_PEOPLE);
    }
    size_t row = 0;
    while (!ebb_parse_is_word(parser, rows[row].word)) {
        row++;
    }
    ebb_order_t order = {.kind = (uint8_t)rows[row].kind,
                         .where = parser->token.where,
                         .target = {.person = EBB_NONE, .name = EBB_NONE},
                         .text = ""};
    ebb_parse_step(parser);
    bool named = order.kind == EBB_ORDER_GROUP || order.kind == EBB_ORDER_ENDING;
    if (named && !population_name(parser, &order)) {
        return false;
    }
    if (order.kind == EBB_ORDER_REPORT &&
        !ebb_parse_take_word(parser, EBB_WORD_EVERY)) {
        return ebb_parse_misfit(parser, "`every` and a length of time");
    }
    bool number = order.kind == EBB_ORDER_CORRELATION || order.kind == EBB_ORDER_REPORT;
    return (number ? ebb_parse_formula(parser, &order.value)
                   : population_when(parser, &order)) &&
           ebb_parse_order(parser, &order) != NULL;
}
