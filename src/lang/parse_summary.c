/* SPDX-License-Identifier: MIT
 * What only scenarios and claims have in their expressions: summaries of a run, and
 * what is of an arm. */
#include "ebb/nearest.h"
#include "lang/parser.h"

/* They are read within the expression around them: see parse_formula.c. */
/* NOLINTBEGIN(misc-no-recursion) */

bool ebb_parse_is_summary(const ebb_parser_t *parser)
{
    uint32_t name = parser->token.name;
    bool both =
        name == EBB_WORD_MEAN || name == EBB_WORD_LOWEST || name == EBB_WORD_HIGHEST;
    return parser->in_scenario && !parser->in_run &&
           parser->ahead.kind == EBB_LEX_OPEN &&
           (both || ebb_word_kind(name) == EBB_IS_RUN);
}

/* One expression of a summary, between two instructions. */
static bool summary_summed(ebb_parser_t *parser, ebb_where_t where)
{
    ebb_list_t *code = &parser->syntax->code;
    size_t begin = code->count;
    if (!ebb_parse_emit(parser, EBB_CODE_RUN, where)) {
        return false;
    }
    parser->in_run = true;
    bool read = ebb_parse_operand(parser);
    parser->in_run = false;
    if (!read || !ebb_parse_emit(parser, EBB_CODE_RUN_SPAN, where)) {
        return false;
    }
    ((ebb_instruction_t *)code->items + begin)->count = (uint32_t)code->count - 1;
    return true;
}

/* Whether a summary may have so many numbers behind what it sums up. */
static bool summary_fits_numbers(ebb_parser_t *parser, ebb_lexeme_t name,
                                 uint32_t numbers)
{
    uint32_t word = name.name;
    bool moment = word == EBB_WORD_VALUE;
    bool least = word == EBB_WORD_EPISODES || word == EBB_WORD_VARIATION;
    if (moment ? numbers == 1 : numbers == least || numbers == 2u + least) {
        return true;
    }
    ebb_wrong(parser->reading, name.where, "`%s` takes %s",
              ebb_name(parser->reading, word),
              moment  ? "an expression and a time"
              : least ? "a condition and how long it lasts at least, or these and two "
                        "times"
              : ebb_word_summands(word) == 2
                  ? "two expressions, or two expressions and two times"
                  : "an expression, or an expression and two times");
    return false;
}

/* mean(e, from, to) and its like, of a scenario's run. */
bool ebb_parse_summary(ebb_parser_t *parser)
{
    ebb_lexeme_t name = parser->token;
    uint32_t numbers = 0;
    ebb_parse_step(parser);
    if (!ebb_parse_expect(parser, EBB_LEX_OPEN, "the name of a function") ||
        !summary_summed(parser, name.where)) {
        return false;
    }
    if (ebb_word_summands(name.name) == 2 &&
        !(ebb_parse_expect(parser, EBB_LEX_COMMA, "the first expression") &&
          summary_summed(parser, name.where))) {
        return false;
    }
    for (; ebb_parse_take(parser, EBB_LEX_COMMA); numbers++) {
        if (!ebb_parse_operand(parser)) {
            return false;
        }
    }
    if (!summary_fits_numbers(parser, name, numbers)) {
        return false;
    }
    ebb_instruction_t *end = ebb_parse_emit(parser, EBB_CODE_RUN_END, name.where);
    if (end) {
        end->person = parser->arm;
        end->name = name.name;
        end->count = numbers;
    }
    return end && ebb_parse_expect(parser, EBB_LEX_CLOSE, "the span");
}

/* The arm that the next token names as a function, from 1; 0: none. */
static uint32_t summary_arm_named(const ebb_parser_t *parser)
{
    const ebb_scenario_syntax_t *claim = parser->claim;
    const ebb_target_t *arms = parser->syntax->arms.items;
    for (uint32_t k = 0; claim && k < claim->arm_count && !parser->in_run; k++) {
        if (arms[claim->first_arm + k].name == parser->token.name) {
            return k + 1;
        }
    }
    return 0;
}

/* What is called in a claim is an arm, unless the language has it. */
static bool summary_no_arm(ebb_parser_t *parser)
{
    const ebb_scenario_syntax_t *claim = parser->claim;
    const ebb_target_t *arms = parser->syntax->arms.items;
    ebb_nearest_t near = {.typed = ebb_name(parser->reading, parser->token.name)};
    for (uint32_t k = 0; k < claim->arm_count; k++) {
        ebb_nearest_consider(
            &near, ebb_name(parser->reading, arms[claim->first_arm + k].name));
    }
    ebb_wrong(parser->reading, parser->token.where, "no arm `%s` stands above",
              near.typed);
    if (near.best) {
        ebb_mend(parser->reading, "did you mean `%s`?", near.best);
    }
    return false;
}

/* worried(e): the summaries in e are of that arm. */
bool ebb_parse_arm(ebb_parser_t *parser)
{
    uint32_t arm = summary_arm_named(parser);
    if (!arm) {
        return summary_no_arm(parser);
    }
    if (parser->arm) {
        ebb_wrong(parser->reading, parser->token.where,
                  "what is of one arm cannot be of another");
        return false;
    }
    ebb_parse_step(parser);
    if (!ebb_parse_expect(parser, EBB_LEX_OPEN, "the name of an arm")) {
        return false;
    }
    parser->arm = arm;
    bool read = ebb_parse_operand(parser);
    parser->arm = 0;
    return read && ebb_parse_expect(parser, EBB_LEX_CLOSE, "what is of one arm");
}

/* What is called in a claim outside summaries is an arm, unless the language has it. */
bool ebb_parse_is_arm(const ebb_parser_t *parser)
{
    return parser->claim && !parser->in_run && parser->ahead.kind == EBB_LEX_OPEN &&
           ebb_word_kind(parser->token.name) == EBB_IS_FREE;
}

/* NOLINTEND(misc-no-recursion) */
