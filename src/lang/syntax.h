/* SPDX-License-Identifier: MIT
 *
 * What stands in a file, statement by statement, before anything is known of what it
 * means.
 *
 * Expressions are kept in postfix order in one array: operands, then what is done with
 * them. So building, checking and printing are loops with a stack of their own, however
 * deep the nesting. Names are numbers of ebb_names_t.
 */
#ifndef EBB_LANG_SYNTAX_H
#define EBB_LANG_SYNTAX_H

#include "ebb/safety.h"
#include "lang/graph.h"
#include "lang/lexer.h"

typedef enum ebb_code_kind {
    EBB_CODE_NUMBER,   /* push `number` */
    EBB_CODE_NAME,     /* push the quantity `person`.`name` (person EBB_NONE: bare) */
    EBB_CODE_OPERATOR, /* pop `count`, push; `name` is an ebb_operator_t */
    EBB_CODE_CALL,     /* pop `count`, push `name`(...) */
    EBB_CODE_DELAY,    /* pop a lag, push `person`.`name` that long ago */
    EBB_CODE_PEOPLE,   /* what follows, up to its EBB_CODE_PEOPLE_END at place `count`,
                          once for each person; then `name` of these: sum, mean ... */
    EBB_CODE_PEOPLE_END,
    EBB_CODE_RUN, /* of a scenario: what follows, up to its EBB_CODE_RUN_SPAN at
                     `count`; then what else is summed up, or the span; summed up by
                     EBB_CODE_RUN_END */
    EBB_CODE_RUN_SPAN,
    EBB_CODE_RUN_END /* pop `count` numbers (times), push the summary `name` of arm
                        `person`; 0: no arm is named */
} ebb_code_kind_t;

/* name, number of operands, how it stands in a file */
#define EBB_OPERATOR_LIST(X)      \
    X(EBB_OPERATOR_OR, 2, "or")   \
    X(EBB_OPERATOR_AND, 2, "and") \
    X(EBB_OPERATOR_NOT, 1, "not") \
    X(EBB_OPERATOR_LT, 2, "<")    \
    X(EBB_OPERATOR_LE, 2, "<=")   \
    X(EBB_OPERATOR_GT, 2, ">")    \
    X(EBB_OPERATOR_GE, 2, ">=")   \
    X(EBB_OPERATOR_EQ, 2, "==")   \
    X(EBB_OPERATOR_NE, 2, "!=")   \
    X(EBB_OPERATOR_ADD, 2, "+")   \
    X(EBB_OPERATOR_SUB, 2, "-")   \
    X(EBB_OPERATOR_MUL, 2, "*")   \
    X(EBB_OPERATOR_DIV, 2, "/")   \
    X(EBB_OPERATOR_NEG, 1, "-")   \
    X(EBB_OPERATOR_POWER, 2, "^") \
    X(EBB_OPERATOR_IF, 3, "if")

typedef enum ebb_operator {
#define EBB_OPERATOR_ENUM(name, operands, spelling) name,
    EBB_OPERATOR_LIST(EBB_OPERATOR_ENUM)
#undef EBB_OPERATOR_ENUM
        EBB_OPERATOR_COUNT
} ebb_operator_t;

typedef struct ebb_instruction {
    uint8_t kind; /* ebb_code_kind_t */
    uint32_t person, name, count;
    double number;
    ebb_where_t where;
} ebb_instruction_t;

/* A stretch of the array of instructions; empty when begin == end. */
typedef struct ebb_formula {
    uint32_t begin, end;
} ebb_formula_t;

#define EBB_UNIT_TERMS 6

/* A product of powers; exponents are counted in halves, for the root of time in noise.
 */
typedef struct ebb_unit {
    uint8_t known; /* 0 unknown, 1 a number that fits any, 2 what the terms say */
    uint8_t count;
    int16_t halves[EBB_UNIT_TERMS];
    uint32_t names[EBB_UNIT_TERMS]; /* rising */
} ebb_unit_t;

enum { EBB_UNIT_UNKNOWN, EBB_UNIT_ANY, EBB_UNIT_KNOWN };

/* person.name as it stands: a declaration, or what an equation is about */
typedef struct ebb_target {
    uint32_t person; /* EBB_NONE: bare; EBB_WORD_PARTNER in actions */
    uint32_t name;
    ebb_where_t where; /* of the name, or of both */
} ebb_target_t;

typedef enum ebb_declared {
    EBB_DECLARED_PARAM,
    EBB_DECLARED_TRAIT,
    EBB_DECLARED_INPUT,
    EBB_DECLARED_STATE,
    EBB_DECLARED_LET,
    EBB_DECLARED_FUNCTION
} ebb_declared_t;

typedef enum ebb_range_kind {
    EBB_RANGE_NONE,
    EBB_RANGE_IN,
    EBB_RANGE_CLIP,
    EBB_RANGE_REFLECT
} ebb_range_kind_t;

typedef struct ebb_declaration {
    uint8_t kind; /* ebb_declared_t */
    bool shared;  /* said so, or a parameter; of a let: found out */
    bool used;
    uint8_t range; /* ebb_range_kind_t */
    ebb_target_t target;
    ebb_formula_t value, low, high;
    ebb_where_t range_where;
    ebb_unit_t unit;
    const char *text, *source;
    uint32_t first_argument, argument_count; /* of a function: in `arguments` */
    uint32_t next; /* declaration of the same name, for another person; EBB_NONE */
    /* found out by the checker */
    double number[3];    /* value, low, high, where these are constants */
    uint32_t first_slot; /* its scalar of the first person it has one for */
} ebb_declaration_t;

typedef enum ebb_equation_kind {
    EBB_EQUATION_D,
    EBB_EQUATION_NEXT,
    EBB_EQUATION_NOISE,
    EBB_EQUATION_HISTORY
} ebb_equation_kind_t;

typedef struct ebb_equation_syntax {
    uint8_t kind; /* ebb_equation_kind_t */
    ebb_target_t target;
    ebb_where_t where; /* of the statement's word */
    ebb_formula_t value;
} ebb_equation_syntax_t;

typedef struct ebb_event_syntax {
    bool shared, when;
    ebb_target_t target;
    ebb_formula_t rate; /* or the condition */
    uint32_t law;       /* EBB_WORD_EXPONENTIAL ..., or 0: an expression, or no size */
    ebb_formula_t size[2]; /* the arguments of the law, or the expression */
    const char *text;
    uint32_t first_action, action_count; /* in `actions` */
} ebb_event_syntax_t;

typedef struct ebb_action_syntax {
    ebb_target_t target;
    ebb_lexeme_kind_t mark; /* EBB_LEX_ASSIGN, EBB_LEX_ADD_TO, EBB_LEX_TAKE_FROM */
    ebb_formula_t value;
} ebb_action_syntax_t;

typedef enum ebb_order_kind {
    EBB_ORDER_SET,
    EBB_ORDER_START,
    EBB_ORDER_AT,
    EBB_ORDER_FROM,
    EBB_ORDER_RAMP,
    EBB_ORDER_EVERY,
    EBB_ORDER_EXPECT,
    EBB_ORDER_CUT,    /* of a claim */
    EBB_ORDER_PEOPLE, /* these and all below: of a population, or a trial */
    EBB_ORDER_CORRELATION,
    EBB_ORDER_PAIRING, /* `target` is how; the two below are of a market */
    EBB_ORDER_PAIRING_WITHOUT,
    EBB_ORDER_PAIRING_WITH,
    EBB_ORDER_GROUP,
    EBB_ORDER_SATISFIED,
    EBB_ORDER_ENDING,
    EBB_ORDER_REPORT,
    EBB_ORDER_KEEP,
    EBB_ORDER_ENTER, /* these and all below: of a trial */
    EBB_ORDER_END,
    EBB_ORDER_FOLLOW,
    EBB_ORDER_OUTCOME,
    EBB_ORDER_SD,
    EBB_ORDER_RELIABILITY,
    EBB_ORDER_RECOVERED,
    EBB_ORDER_DROPPED
} ebb_order_kind_t;

/* One setting or change of a scenario's statement. */
typedef struct ebb_order {
    uint8_t kind; /* ebb_order_kind_t */
    uint32_t arm; /* of a claim, from 1; 0: it is for all */
    ebb_target_t target;
    ebb_where_t where;      /* of the statement's word */
    ebb_lexeme_kind_t mark; /* as in an action */
    ebb_formula_t value;    /* also what is expected */
    uint32_t law;           /* EBB_WORD_NORMAL ..., of `value` and `second`; 0 */
    uint32_t side; /* EBB_WORD_BELOW or _ABOVE, of which `value` is the bound; 0 */
    ebb_formula_t second;
    ebb_formula_t from, to;       /* times */
    ebb_formula_t every, lasting; /* period and `for` */
    ebb_formula_t share;          /* of runs */
    const char *text;
    const char *code; /* what is expected, as it stands in the file, on one line */
} ebb_order_t;

/* A scenario, or a claim, which is one in several arms, or a population, which is one
 * for many couples, or a trial, which is both. */
typedef struct ebb_scenario_syntax {
    uint32_t head; /* the word it begins with: EBB_WORD_SCENARIO, EBB_WORD_CLAIM,
                      EBB_WORD_POPULATION or EBB_WORD_TRIAL */
    uint32_t name, uses;
    ebb_where_t where, uses_where;
    const char *text, *source;
    double length; /* 0: not said */
    ebb_where_t length_where;
    uint32_t length_unit; /* EBB_NONE: not said */
    ebb_where_t unit_where;
    ebb_facts_t facts;                 /* that it declares */
    uint32_t first_order, order_count; /* in `orders` */
    uint32_t first_arm, arm_count;     /* in `arms` */
    double couples;                    /* 0: not said */
    const char *construction;          /* why it holds by construction, or "" */
} ebb_scenario_syntax_t;

/* All statements of a file. The lists hold the types named. */
typedef struct ebb_syntax {
    ebb_reading_t *reading;
    bool has_model;
    uint32_t name, time; /* EBB_NONE: missing */
    ebb_where_t name_where, time_where, persons_where;
    const char *text, *source;
    ebb_formula_t lasts;     /* while what the couple lasts; empty: it always does */
    ebb_list_t code;         /* ebb_instruction_t */
    ebb_list_t persons;      /* uint32_t; empty: each partner */
    ebb_list_t declarations; /* ebb_declaration_t */
    ebb_list_t arguments;    /* ebb_target_t: names of functions' arguments */
    ebb_list_t equations;    /* ebb_equation_syntax_t */
    ebb_list_t events;       /* ebb_event_syntax_t */
    ebb_list_t actions;      /* ebb_action_syntax_t */
    ebb_list_t scenarios;    /* ebb_scenario_syntax_t */
    ebb_list_t orders;       /* ebb_order_t */
    ebb_list_t arms;         /* ebb_target_t: names of the arms of claims */
    ebb_list_t shown;        /* ebb_target_t: what pictures show first */
    ebb_list_t lost; /* uint32_t: names in statements that were given up; that these are
                        not declared is no error of its own */
} ebb_syntax_t;

/* Reads a whole text. Problems are in the reading; what could be read is in `syntax`,
 * to be released with ebb_syntax_free in any case. */
void ebb_syntax_read(ebb_syntax_t *syntax, ebb_reading_t *reading);
void ebb_syntax_free(ebb_syntax_t *syntax);

#endif
