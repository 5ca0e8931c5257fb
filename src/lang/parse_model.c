/* SPDX-License-Identifier: MIT
 * Statements of a model, and the file as a whole. */
#include "ebb/nearest.h"
#include "lang/parser.h"

/* --- equations and events --------------------------------------------------------- */

static bool equation_read(ebb_parser_t *parser, ebb_equation_kind_t kind,
                          ebb_where_t where)
{
    ebb_equation_syntax_t equation = {.kind = (uint8_t)kind, .where = where};
    if (!ebb_parse_target(parser, &equation.target) ||
        !ebb_parse_expect(parser, EBB_LEX_ASSIGN, "the name of a state") ||
        !ebb_parse_formula(parser, &equation.value)) {
        return false;
    }
    ebb_equation_syntax_t *kept =
        ebb_reading_push(parser->reading, &parser->syntax->equations, sizeof *kept);
    if (parser->syntax->equations.count > EBB_LANG_DECLARATIONS_MOST) {
        ebb_reading_limit(parser->reading, where,
                          "the model has more than %u equations",
                          EBB_LANG_DECLARATIONS_MOST);
    }
    if (kept) {
        *kept = equation;
    }
    return kept != NULL;
}

bool ebb_parse_law(ebb_parser_t *parser, uint32_t *law, ebb_formula_t size[2])
{
    uint32_t name = parser->token.name;
    if (parser->ahead.kind != EBB_LEX_OPEN ||
        (name != EBB_WORD_EXPONENTIAL && name != EBB_WORD_NORMAL &&
         name != EBB_WORD_UNIFORM)) {
        return ebb_parse_formula(parser, &size[0]);
    }
    *law = name;
    ebb_parse_step(parser);
    ebb_parse_step(parser);
    if (!ebb_parse_formula(parser, &size[0])) {
        return false;
    }
    if (name != EBB_WORD_EXPONENTIAL) {
        if (!ebb_parse_expect(parser, EBB_LEX_COMMA,
                              "the first of the law's two numbers") ||
            !ebb_parse_formula(parser, &size[1])) {
            return false;
        }
    }
    return ebb_parse_expect(parser, EBB_LEX_CLOSE, "the numbers of the law");
}

static bool event_actions(ebb_parser_t *parser, ebb_event_syntax_t *event)
{
    event->first_action = (uint32_t)parser->syntax->actions.count;
    do {
        ebb_action_syntax_t action;
        if (!ebb_parse_target(parser, &action.target) ||
            !ebb_parse_assignment(parser, &action.mark, &action.value)) {
            return false;
        }
        ebb_action_syntax_t *kept =
            ebb_reading_push(parser->reading, &parser->syntax->actions, sizeof *kept);
        if (!kept) {
            return false;
        }
        *kept = action;
        event->action_count++;
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return true;
}

static bool event_read(ebb_parser_t *parser, bool shared)
{
    ebb_event_syntax_t event = {.shared = shared, .text = ""};
    if (!ebb_parse_target(parser, &event.target)) {
        return false;
    }
    event.when = ebb_parse_is_word(parser, EBB_WORD_WHEN);
    if (!event.when && !ebb_parse_is_word(parser, EBB_WORD_RATE)) {
        return ebb_parse_misfit(parser, "`rate` or `when`");
    }
    ebb_parse_step(parser);
    if (!ebb_parse_formula(parser, &event.rate) ||
        (ebb_parse_take_word(parser, EBB_WORD_SIZE) &&
         !ebb_parse_law(parser, &event.law, event.size))) {
        return false;
    }
    (void)ebb_parse_string(parser, &event.text);
    if (!ebb_parse_expect(parser, EBB_LEX_ARROW, "the event's rate and size") ||
        !event_actions(parser, &event)) {
        return false;
    }
    (void)ebb_parse_string(parser, &event.text);
    ebb_event_syntax_t *kept =
        ebb_reading_push(parser->reading, &parser->syntax->events, sizeof *kept);
    if (parser->syntax->events.count > EBB_LANG_DECLARATIONS_MOST) {
        ebb_reading_limit(parser->reading, event.target.where,
                          "the model has more than %u events",
                          EBB_LANG_DECLARATIONS_MOST);
    }
    if (kept) {
        *kept = event;
    }
    return kept != NULL;
}

/* --- statements ------------------------------------------------------------------- */

static bool statement_time(ebb_parser_t *parser, ebb_where_t where)
{
    ebb_syntax_t *syntax = parser->syntax;
    if (syntax->time != EBB_NONE) {
        ebb_wrong(parser->reading, where, "a second `time`");
        return false;
    }
    syntax->time_where = where;
    return ebb_parse_new_name(parser, &syntax->time, "the name of a unit of time");
}

static bool statement_persons(ebb_parser_t *parser, ebb_where_t where)
{
    ebb_syntax_t *syntax = parser->syntax;
    if (syntax->persons.count) {
        ebb_wrong(parser->reading, where, "a second `persons`");
        return false;
    }
    syntax->persons_where = where;
    do {
        uint32_t *person;
        ebb_where_t name = parser->token.where;
        if (ebb_parse_is_scenario_word(parser)) {
            return ebb_parse_misfit(parser, "a person's name, not a word of scenarios");
        }
        if (syntax->persons.count == 8) {
            ebb_wrong(parser->reading, name, "more than eight persons");
            return false;
        }
        person = ebb_reading_push(parser->reading, &syntax->persons, sizeof *person);
        if (!person || !ebb_parse_new_name(parser, person, "a person's name")) {
            return false;
        }
        const uint32_t *all = syntax->persons.items;
        for (size_t i = 0; i + 1 < syntax->persons.count; i++) {
            if (all[i] == *person) {
                ebb_wrong(parser->reading, name, "a second person of this name");
                return false;
            }
        }
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return true;
}

/* `lasts while` and a condition. */
static bool statement_lasts(ebb_parser_t *parser, ebb_where_t where)
{
    ebb_formula_t *lasts = &parser->syntax->lasts;
    if (lasts->begin < lasts->end) {
        ebb_wrong(parser->reading, where, "a second `lasts`");
        return false;
    }
    return ebb_parse_take_word(parser, EBB_WORD_WHILE)
               ? ebb_parse_formula(parser, lasts)
               : ebb_parse_misfit(parser, "`while` after `lasts`");
}

/* What follows `show`: names, of all who have something of that name. */
static bool statement_show(ebb_parser_t *parser)
{
    do {
        ebb_target_t shown = {.person = EBB_NONE, .where = parser->token.where};
        if (!ebb_parse_new_name(parser, &shown.name, "the name of a state or a let")) {
            return false;
        }
        ebb_target_t *kept =
            ebb_reading_push(parser->reading, &parser->syntax->shown, sizeof *kept);
        if (!kept) {
            return false;
        }
        *kept = shown;
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return true;
}

static bool statement_shared(ebb_parser_t *parser)
{
    if (ebb_parse_take_word(parser, EBB_WORD_EVENT)) {
        return event_read(parser, true);
    }
    if (ebb_parse_take_word(parser, EBB_WORD_INPUT)) {
        return ebb_parse_declarations(parser, EBB_DECLARED_INPUT, true);
    }
    (void)ebb_parse_take_word(parser, EBB_WORD_STATE);
    return ebb_parse_declarations(parser, EBB_DECLARED_STATE, true);
}

/* The statement that begins with `word`, which is passed. */
static bool statement_of(ebb_parser_t *parser, uint32_t word, ebb_where_t where)
{
    switch ((int)word) {
    case EBB_WORD_TIME:
        return statement_time(parser, where);
    case EBB_WORD_PERSONS:
        return statement_persons(parser, where);
    case EBB_WORD_PARAM:
        return ebb_parse_declarations(parser, EBB_DECLARED_PARAM, true);
    case EBB_WORD_TRAIT:
        return ebb_parse_declarations(parser, EBB_DECLARED_TRAIT, false);
    case EBB_WORD_STATE:
        return ebb_parse_declarations(parser, EBB_DECLARED_STATE, false);
    case EBB_WORD_INPUT:
        return ebb_parse_declarations(parser, EBB_DECLARED_INPUT, false);
    case EBB_WORD_SHARED:
        return statement_shared(parser);
    case EBB_WORD_LET:
        return ebb_parse_let(parser);
    case EBB_WORD_FN:
        return ebb_parse_function(parser);
    case EBB_WORD_D:
        return equation_read(parser, EBB_EQUATION_D, where);
    case EBB_WORD_NEXT:
        return equation_read(parser, EBB_EQUATION_NEXT, where);
    case EBB_WORD_NOISE:
        return equation_read(parser, EBB_EQUATION_NOISE, where);
    case EBB_WORD_HISTORY:
        return equation_read(parser, EBB_EQUATION_HISTORY, where);
    case EBB_WORD_EVENT:
        return event_read(parser, false);
    case EBB_WORD_LASTS:
        return statement_lasts(parser, where);
    case EBB_WORD_SHOW:
        return statement_show(parser);
    default:
        ebb_wrong(parser->reading, where, "`%s` is a word kept for later",
                  ebb_name(parser->reading, word));
        return false;
    }
}

/* A line begins with what is no statement. */
static bool statement_unknown(ebb_parser_t *parser)
{
    if (!ebb_parse_is(parser, EBB_LEX_NAME)) {
        ebb_wrong(parser->reading, parser->token.where,
                  "no statement begins like this");
        return false;
    }
    const char *typed = ebb_name(parser->reading, parser->token.name);
    ebb_nearest_t near = {.typed = typed};
    for (uint32_t word = 0; word < EBB_WORD_COUNT; word++) {
        if (ebb_word_kind(word) == EBB_IS_HEAD) {
            ebb_nearest_consider(&near, ebb_name(parser->reading, word));
        }
    }
    ebb_wrong(parser->reading, parser->token.where, "no statement begins with `%s`",
              typed);
    if (near.best) {
        ebb_mend(parser->reading, "did you mean `%s`?", near.best);
    } else if (ebb_parse_is_scenario_word(parser)) {
        ebb_mend(parser->reading,
                 "it belongs in a scenario, below its `scenario` line");
    }
    return false;
}

static bool statement_model(ebb_parser_t *parser)
{
    ebb_syntax_t *syntax = parser->syntax;
    if (syntax->has_model) {
        ebb_wrong(parser->reading, parser->token.where, "a second `model` in one file");
        return false;
    }
    syntax->has_model = true;
    ebb_parse_step(parser);
    syntax->name_where = parser->token.where;
    if (!ebb_parse_new_name(parser, &syntax->name, "the model's name")) {
        return false;
    }
    (void)ebb_parse_string(parser, &syntax->text);
    while (ebb_parse_take_word(parser, EBB_WORD_SOURCE)) {
        if (!ebb_parse_string(parser, &syntax->source)) {
            return ebb_parse_misfit(parser, "a string after `source`");
        }
    }
    return true;
}

static bool statement_read(ebb_parser_t *parser)
{
    ebb_syntax_t *syntax = parser->syntax;
    ebb_lexeme_t word = parser->token;
    if (ebb_parse_is_word(parser, EBB_WORD_MODEL)) {
        return statement_model(parser);
    }
    if (!ebb_parse_at_start(parser)) {
        return statement_unknown(parser);
    }
    if (!syntax->has_model || syntax->scenarios.count) {
        ebb_wrong(parser->reading, word.where, "`%s` outside a model",
                  ebb_name(parser->reading, word.name));
        ebb_mend(parser->reading, "a model begins with: model NAME \"sentence\"");
        syntax->has_model = true; /* said once */
    }
    ebb_parse_step(parser);
    return statement_of(parser, word.name, word.where);
}

static void parse_all(ebb_parser_t *parser)
{
    while (!ebb_parse_is(parser, EBB_LEX_END)) {
        if (ebb_parse_is_word(parser, EBB_WORD_SCENARIO) ||
            ebb_parse_is_word(parser, EBB_WORD_CLAIM) ||
            ebb_parse_is_word(parser, EBB_WORD_POPULATION) ||
            ebb_parse_is_word(parser, EBB_WORD_TRIAL)) {
            ebb_parse_scenario(parser);
            continue;
        }
        ebb_where_t where = parser->token.where;
        ebb_parse_begin(parser);
        bool read = statement_read(parser);
        if (read && !ebb_parse_at_start(parser) && !parser->token.first) {
            read = ebb_parse_misfit(parser, "the next statement on a new line");
        }
        if (!read) {
            if (parser->token.where.offset == where.offset) {
                ebb_parse_step(parser);
            }
            ebb_parse_recover(parser);
        }
    }
}

void ebb_syntax_read(ebb_syntax_t *syntax, ebb_reading_t *reading)
{
    *syntax = (ebb_syntax_t){.reading = reading,
                             .name = EBB_NONE,
                             .time = EBB_NONE,
                             .name_where = {0, 1, 1, 0},
                             .text = "",
                             .source = ""};
    ebb_parser_t parser = {.syntax = syntax, .reading = reading};
    if (reading->size > EBB_LANG_BYTES_MOST) {
        ebb_reading_limit(reading, (ebb_where_t){0, 1, 1, 1},
                          "the file has more than %u bytes", EBB_LANG_BYTES_MOST);
        return;
    }
    parser.lexer = ebb_lexer_begin(reading);
    ebb_parse_step(&parser);
    ebb_parse_step(&parser);
    parse_all(&parser);
    ebb_parse_begin(&parser); /* the last statement's names are not lost either */
}

void ebb_syntax_free(ebb_syntax_t *syntax)
{
    if (!syntax->reading) {
        return;
    }
    const ebb_alloc_t *alloc = syntax->reading->alloc;
    ebb_list_free(&syntax->code, alloc, sizeof(ebb_instruction_t));
    ebb_list_free(&syntax->persons, alloc, sizeof(uint32_t));
    ebb_list_free(&syntax->declarations, alloc, sizeof(ebb_declaration_t));
    ebb_list_free(&syntax->arguments, alloc, sizeof(ebb_target_t));
    ebb_list_free(&syntax->equations, alloc, sizeof(ebb_equation_syntax_t));
    ebb_list_free(&syntax->events, alloc, sizeof(ebb_event_syntax_t));
    ebb_list_free(&syntax->actions, alloc, sizeof(ebb_action_syntax_t));
    ebb_list_free(&syntax->scenarios, alloc, sizeof(ebb_scenario_syntax_t));
    ebb_list_free(&syntax->orders, alloc, sizeof(ebb_order_t));
    ebb_list_free(&syntax->arms, alloc, sizeof(ebb_target_t));
    ebb_list_free(&syntax->shown, alloc, sizeof(ebb_target_t));
    ebb_list_free(&syntax->lost, alloc, sizeof(uint32_t));
    *syntax = (ebb_syntax_t){0};
}
