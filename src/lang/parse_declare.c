/* SPDX-License-Identifier: MIT
 * Declarations: quantities with their ranges, units and words, lets and functions. */
#include "lang/parser.h"

static bool unit_multiply(ebb_parser_t *parser, ebb_unit_t *unit, uint32_t name,
                          int halves)
{
    uint8_t at = 0;
    while (at < unit->count && unit->names[at] < name) {
        at++;
    }
    bool known = at < unit->count && unit->names[at] == name;
    if (!known && unit->count == EBB_UNIT_TERMS) {
        ebb_wrong(parser->reading, parser->token.where,
                  "a unit of more than %d factors", EBB_UNIT_TERMS);
        return false;
    }
    if (!known) {
        for (uint8_t i = unit->count++; i > at; i--) {
            unit->names[i] = unit->names[i - 1];
            unit->halves[i] = unit->halves[i - 1];
        }
        unit->names[at] = name;
        unit->halves[at] = 0;
    }
    unit->halves[at] = (int16_t)(unit->halves[at] + halves);
    return true;
}

/* NAME ["^" ["-"] NUMBER] or 1 */
static bool unit_power(ebb_parser_t *parser, ebb_unit_t *unit, int sign)
{
    if (ebb_parse_is(parser, EBB_LEX_NUMBER) && parser->token.number == 1) {
        ebb_parse_step(parser);
        return true;
    }
    if (!ebb_parse_is(parser, EBB_LEX_NAME) || parser->token.first) {
        return ebb_parse_misfit(parser, "a unit, such as 1/day or message/day^2");
    }
    uint32_t name = parser->token.name;
    ebb_parse_step(parser);
    int halves = 2;
    if (ebb_parse_take(parser, EBB_LEX_POWER)) {
        sign *= ebb_parse_take(parser, EBB_LEX_MINUS) ? -1 : 1;
        double power = parser->token.number;
        if (!ebb_parse_is(parser, EBB_LEX_NUMBER) || !(power >= 1 && power <= 9) ||
            power != (int)power) {
            return ebb_parse_misfit(parser, "a whole power from 1 to 9");
        }
        halves *= (int)power;
        ebb_parse_step(parser);
    }
    return unit_multiply(parser, unit, name, sign * halves);
}

static bool unit_read(ebb_parser_t *parser, ebb_unit_t *unit)
{
    *unit = (ebb_unit_t){.known = EBB_UNIT_KNOWN};
    int sign = 1;
    do {
        if (!unit_power(parser, unit, sign)) {
            return false;
        }
        sign = ebb_parse_is(parser, EBB_LEX_OVER) ? -1 : 1;
    } while (ebb_parse_take(parser, EBB_LEX_TIMES) ||
             ebb_parse_take(parser, EBB_LEX_OVER));
    uint8_t kept = 0; /* drop what cancelled */
    for (uint8_t i = 0; i < unit->count; i++) {
        unit->names[kept] = unit->names[i];
        unit->halves[kept] = unit->halves[i];
        kept = (uint8_t)(kept + (unit->halves[i] != 0));
    }
    unit->count = kept;
    return true;
}

static bool tail_range(ebb_parser_t *parser, ebb_declaration_t *d,
                       ebb_range_kind_t kind)
{
    ebb_where_t where = parser->token.where;
    ebb_parse_step(parser);
    if (d->range) {
        ebb_wrong(parser->reading, where, "a second range");
        return false;
    }
    if (kind != EBB_RANGE_IN && d->kind != EBB_DECLARED_STATE) {
        ebb_wrong(parser->reading, where, "only a state can be held in its range");
        ebb_mend(parser->reading, "say in [low, high]");
        return false;
    }
    d->range = (uint8_t)kind;
    d->range_where = where;
    parser->in_range = true;
    bool read = ebb_parse_expect(parser, EBB_LEX_FROM, "the word for a range") &&
                ebb_parse_formula(parser, &d->low) &&
                ebb_parse_expect(parser, EBB_LEX_COMMA, "the lower bound") &&
                ebb_parse_formula(parser, &d->high) &&
                ebb_parse_expect(parser, EBB_LEX_TO, "the upper bound");
    parser->in_range = false;
    return read;
}

/* One of the things that may follow; -1 when none is next. */
static int tail_part(ebb_parser_t *parser, ebb_declaration_t *d)
{
    if (ebb_parse_is_word(parser, EBB_WORD_IN)) {
        return tail_range(parser, d, EBB_RANGE_IN);
    }
    if (ebb_parse_is_word(parser, EBB_WORD_CLIP)) {
        return tail_range(parser, d, EBB_RANGE_CLIP);
    }
    if (ebb_parse_is_word(parser, EBB_WORD_REFLECT)) {
        return tail_range(parser, d, EBB_RANGE_REFLECT);
    }
    if (ebb_parse_take_word(parser, EBB_WORD_UNIT)) {
        return unit_read(parser, &d->unit);
    }
    if (ebb_parse_take_word(parser, EBB_WORD_SOURCE)) {
        return ebb_parse_string(parser, &d->source) ||
               ebb_parse_misfit(parser, "a string after `source`");
    }
    return ebb_parse_string(parser, &d->text) ? 1 : -1;
}

static bool tail_read(ebb_parser_t *parser, ebb_declaration_t *d)
{
    int read = 1;
    while (read == 1) {
        read = tail_part(parser, d);
    }
    return read != 0;
}

static ebb_declaration_t *declaration_new(ebb_parser_t *parser,
                                          const ebb_declaration_t *like)
{
    ebb_list_t *list = &parser->syntax->declarations;
    ebb_declaration_t *d = ebb_reading_push(parser->reading, list, sizeof *d);
    if (list->count > EBB_LANG_DECLARATIONS_MOST) {
        ebb_reading_limit(parser->reading, like->target.where,
                          "the model has more than %u declarations",
                          EBB_LANG_DECLARATIONS_MOST);
    }
    if (d) {
        *d = *like;
    }
    return d;
}

static bool declare_item(ebb_parser_t *parser, ebb_declaration_t *like)
{
    if (ebb_parse_is_word(parser, EBB_WORD_MIN) ||
        ebb_parse_is_word(parser, EBB_WORD_MAX)) {
        ebb_parse_misfit(parser, "a name");
        ebb_mend(parser->reading, "a bound is written clip [0, inf] or reflect [0, 1]");
        return false;
    }
    return ebb_parse_target(parser, &like->target) &&
           ebb_parse_expect(parser, EBB_LEX_ASSIGN, "the name") &&
           ebb_parse_formula(parser, &like->value) && declaration_new(parser, like);
}

/* What was read behind a name holds for it and for those before it that nothing
 * follows: declarations from `first` on. */
static void declare_tail(ebb_parser_t *parser, size_t first,
                         const ebb_declaration_t *like)
{
    ebb_declaration_t *all = parser->syntax->declarations.items;
    for (size_t i = first; i < parser->syntax->declarations.count; i++) {
        ebb_target_t target = all[i].target;
        ebb_formula_t value = all[i].value;
        all[i] = *like;
        all[i].target = target;
        all[i].value = value;
    }
}

/* item {tail} {"," item {tail}} */
bool ebb_parse_declarations(ebb_parser_t *parser, ebb_declared_t kind, bool shared)
{
    const ebb_declaration_t plain = {.kind = (uint8_t)kind,
                                     .shared = shared,
                                     .next = EBB_NONE,
                                     .text = "",
                                     .source = ""};
    size_t waiting = parser->syntax->declarations.count;
    do {
        ebb_declaration_t like = plain;
        if (!declare_item(parser, &like)) {
            return false;
        }
        uint32_t begin = parser->token.where.offset;
        if (!tail_read(parser, &like)) {
            return false;
        }
        if (parser->token.where.offset != begin) {
            declare_tail(parser, waiting, &like);
            waiting = parser->syntax->declarations.count;
        }
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return true;
}

bool ebb_parse_let(ebb_parser_t *parser)
{
    ebb_declaration_t like = {
        .kind = EBB_DECLARED_LET, .next = EBB_NONE, .text = "", .source = ""};
    return ebb_parse_target(parser, &like.target) &&
           ebb_parse_expect(parser, EBB_LEX_ASSIGN, "the name") &&
           ebb_parse_formula(parser, &like.value) && tail_read(parser, &like) &&
           declaration_new(parser, &like);
}

bool ebb_parse_function(ebb_parser_t *parser)
{
    ebb_declaration_t like = {.kind = EBB_DECLARED_FUNCTION,
                              .shared = true,
                              .next = EBB_NONE,
                              .text = "",
                              .source = ""};
    like.target = (ebb_target_t){.person = EBB_NONE, .where = parser->token.where};
    like.first_argument = (uint32_t)parser->syntax->arguments.count;
    if (!ebb_parse_new_name(parser, &like.target.name, "the function's name") ||
        !ebb_parse_expect(parser, EBB_LEX_OPEN, "the function's name")) {
        return false;
    }
    do {
        ebb_target_t argument = {.person = EBB_NONE, .where = parser->token.where};
        if (!ebb_parse_new_name(parser, &argument.name, "the name of an argument")) {
            return false;
        }
        ebb_target_t *kept =
            ebb_reading_push(parser->reading, &parser->syntax->arguments, sizeof *kept);
        if (!kept) {
            return false;
        }
        *kept = argument;
        like.argument_count++;
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return ebb_parse_expect(parser, EBB_LEX_CLOSE, "the arguments") &&
           ebb_parse_expect(parser, EBB_LEX_ASSIGN, "the arguments") &&
           ebb_parse_formula(parser, &like.value) && tail_read(parser, &like) &&
           declaration_new(parser, &like);
}
