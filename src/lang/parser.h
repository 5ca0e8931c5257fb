/* SPDX-License-Identifier: MIT
 *
 * What the parts of the parser share: expressions (parse_formula.c), statements of a
 * model (parse_model.c) and of a scenario (parse_scenario.c).
 *
 * Convention: a function that reads something returns whether it could; if not, the
 * reason has been reported, and the statement is given up.
 */
#ifndef EBB_LANG_PARSER_H
#define EBB_LANG_PARSER_H

#include "lang/syntax.h"

typedef struct ebb_parser {
    ebb_syntax_t *syntax;
    ebb_reading_t *reading;
    ebb_lexer_t lexer;
    ebb_lexeme_t token, ahead; /* the next two */
    ebb_where_t last;          /* of the token before them */
    size_t lost;               /* how many of the lost names are so for good */
    int depth;                 /* of the expression being read */
    bool in_scenario;
    uint32_t head; /* the word that begins a population or a trial that is read; 0 */
    const ebb_scenario_syntax_t *claim; /* the one that is being read, or NULL */
    uint32_t arm;  /* inside what is said of this arm of it, from 1; 0 */
    bool in_run;   /* inside the summary of a run */
    bool in_range; /* inside [low, high], where `inf` may stand */
} ebb_parser_t;

/* Goes on to the next token. */
void ebb_parse_step(ebb_parser_t *parser);

static inline bool ebb_parse_is(const ebb_parser_t *parser, ebb_lexeme_kind_t kind)
{
    return parser->token.kind == kind;
}

static inline bool ebb_parse_is_word(const ebb_parser_t *parser, ebb_word_t word)
{
    return parser->token.kind == EBB_LEX_NAME && parser->token.name == (uint32_t)word;
}

/* Steps over a token of that kind, if it is the next. */
bool ebb_parse_take(ebb_parser_t *parser, ebb_lexeme_kind_t kind);
bool ebb_parse_take_word(ebb_parser_t *parser, ebb_word_t word);

/* The same, and reports what was expected if it is not; `after` says behind what. */
bool ebb_parse_expect(ebb_parser_t *parser, ebb_lexeme_kind_t kind, const char *after);

/* Reports that the next token cannot stand here. */
bool ebb_parse_misfit(ebb_parser_t *parser, const char *expected);

/* A statement begins with the next token, or the file ends. */
bool ebb_parse_at_start(const ebb_parser_t *parser);

/* Passes over the rest of a statement that is given up. Its names count as lost. */
void ebb_parse_recover(ebb_parser_t *parser);

/* A statement begins: the names of the one before, which was read, are not lost. */
void ebb_parse_begin(ebb_parser_t *parser);

/* An expression. */
bool ebb_parse_formula(ebb_parser_t *parser, ebb_formula_t *code);

/* An operand of one, and an instruction at the end of the code (NULL with the reading
 * `failed`): for what stands within expressions. */
bool ebb_parse_operand(ebb_parser_t *parser);
ebb_instruction_t *ebb_parse_emit(ebb_parser_t *parser, ebb_code_kind_t kind,
                                  ebb_where_t where);

/* mean(e, from, to) and its like, of a run; worried(e), of an arm. The first of each
 * pair says whether the next token begins one. */
bool ebb_parse_is_summary(const ebb_parser_t *parser);
bool ebb_parse_summary(ebb_parser_t *parser);
bool ebb_parse_is_arm(const ebb_parser_t *parser);
bool ebb_parse_arm(ebb_parser_t *parser);

/* NAME or PERSON.NAME, for a new name or a known one. */
bool ebb_parse_target(ebb_parser_t *parser, ebb_target_t *target);

/* A name that may be given to something: not a word of the language. */
bool ebb_parse_new_name(ebb_parser_t *parser, uint32_t *name, const char *what);

/* A string, if one is next; `text` is kept otherwise. */
bool ebb_parse_string(ebb_parser_t *parser, const char **text);

/* = or += or -=, as `mark`, and an expression. */
bool ebb_parse_assignment(ebb_parser_t *parser, ebb_lexeme_kind_t *mark,
                          ebb_formula_t *value);

/* A law with its arguments as `law` and `size`, or an expression as size[0], `law` 0.
 */
bool ebb_parse_law(ebb_parser_t *parser, uint32_t *law, ebb_formula_t size[2]);

/* Whether the next token begins a statement of a scenario, a person's name included. */
bool ebb_parse_is_scenario_word(const ebb_parser_t *parser);

/* What follows `param`, `trait`, `state`, `input` or `shared`; `let`; `fn`. */
bool ebb_parse_declarations(ebb_parser_t *parser, ebb_declared_t kind, bool shared);
bool ebb_parse_let(ebb_parser_t *parser);
bool ebb_parse_function(ebb_parser_t *parser);

/* Settings of a scenario, as orders of that kind; one order like another. NULL or false
 * when it could not be read or kept. */
bool ebb_parse_settings(ebb_parser_t *parser, ebb_order_kind_t kind);
ebb_order_t *ebb_parse_order(ebb_parser_t *parser, const ebb_order_t *like);

/* A statement that only a population or a trial has, but for `couples` and `arm`. The
 * first says whether the word begins one of what the head begins. */
bool ebb_parse_is_extra(uint32_t head, uint32_t word);
bool ebb_parse_extra(ebb_parser_t *parser);

/* `scenario`, `claim`, `population` or `trial` and its statements. */
void ebb_parse_scenario(ebb_parser_t *parser);

#endif
