/* SPDX-License-Identifier: MIT
 *
 * Formulas as their author wrote them, in some markup.
 *
 * Main idea: the postfix code of a formula (syntax.h) is its tree already, once it is
 * known for each instruction where its first operand begins. One pass finds that, and
 * what is needed to set parentheses; then a loop with a stack of templates writes the
 * tree from the outside in. A markup is a table of templates (ebb_form_t), so that the
 * LaTeX and the MathML of a formula cannot differ in what they say.
 *
 * In a template the characters below stand for parts; all others are written as they
 * are.
 *
 *     \1 \2 \3  an operand, in parentheses where it needs them
 *     \4        a long line may be broken here, between terms
 *     \5        the same between factors
 *     \6        all operands in parentheses, with commas
 *     \7        the cases of an `if`, row by row
 *     \16       what the statement is about, or the state that is delayed
 *     \17       a name, given as text
 */
#ifndef EBB_LANG_WRITING_H
#define EBB_LANG_WRITING_H

#include "lang/model.h"

/* A quantity as it is written: its name and whose it is. */
typedef struct ebb_symbol {
    const char *name;
    const char *owner; /* NULL: of nobody in particular */
    bool named;        /* the owner is a person's name, not an index */
} ebb_symbol_t;

#define EBB_FORM_HEIGHTS 3 /* one line, fractions, and what is higher */

/* What a statement says of a quantity. */
#define EBB_ROW_LIST(X)                                                           \
    X(EBB_ROW_VALUE)     /* is */                                                 \
    X(EBB_ROW_CONDITION) /* is true when */                                       \
    X(EBB_ROW_SLOPE)     /* changes per unit of time by */                        \
    X(EBB_ROW_CHANGE)    /* changes in the next moment by */                      \
    X(EBB_ROW_NEXT)      /* is at the next step */                                \
    X(EBB_ROW_NOISE)     /* is moved by chance, in what is written for all, by */ \
    X(EBB_ROW_PAST)      /* was before the start */                               \
    X(EBB_ROW_RATE)      /* an event's rate */                                    \
    X(EBB_ROW_WHEN)      /* an event's condition */                               \
    X(EBB_ROW_SIZE)      /* an event's size: a number, or distributed as a law */ \
    X(EBB_ROW_LAW)                                                                \
    X(EBB_ROW_SET) /* becomes, in an event */

typedef enum ebb_row_kind {
#define EBB_ROW_ENUM(name) name,
    EBB_ROW_LIST(EBB_ROW_ENUM)
#undef EBB_ROW_ENUM
        EBB_ROW_COUNT
} ebb_row_kind_t;

typedef struct ebb_form {
    const char *operators[EBB_OPERATOR_COUNT];
    const char *dotted;   /* a product whose right side does not begin with a name */
    const char *division; /* a quotient too wide for a fraction */
    const char *row, *last_row; /* of cases: \1 if, \2 then, \3 else */
    const char *open[EBB_FORM_HEIGHTS], *close[EBB_FORM_HEIGHTS];
    const char *comma, *equals, *plus, *minus, *time, *pi;
    const char *delayed;                      /* \16 the state, \1 how long ago */
    const char *(*call)(uint32_t word);       /* of a word; NULL: by its name */
    const char *named_call;                   /* \17 the name, \6 */
    const char *rows[EBB_ROW_COUNT];          /* left side and sign, of \16 */
    const char *begin, *end;                  /* around a row */
    const char *drift, *chance, *chance_step; /* \1 dt, + \1 dW of \16 */
    void (*symbol)(ebb_text_t *out, const ebb_symbol_t *symbol);
    void (*number)(ebb_text_t *out, double value);
    void (*finish)(ebb_text_t *out, size_t begin); /* breaks a row; NULL: no breaks */
} ebb_form_t;

/* How tightly the outermost operation of a formula holds its operands. */
typedef enum ebb_tie {
    EBB_TIE_CASES,
    EBB_TIE_OR,
    EBB_TIE_AND,
    EBB_TIE_NOT,
    EBB_TIE_COMPARE,
    EBB_TIE_SUM,
    EBB_TIE_MINUS, /* begins with a minus */
    EBB_TIE_OVER,  /* a sum sign and its like, which reach to their right */
    EBB_TIE_PRODUCT,
    EBB_TIE_QUOTIENT, /* a fraction, or a call: whole, but not to be raised */
    EBB_TIE_POWER,
    EBB_TIE_ATOM
} ebb_tie_t;

/* What is known of the formula that ends at an instruction. */
typedef struct ebb_shape {
    uint32_t start; /* its first instruction */
    uint32_t width; /* in letters, roughly, as LaTeX sets it */
    uint8_t tie;    /* ebb_tie_t */
    uint8_t height; /* 0 to EBB_FORM_HEIGHTS - 1 */
    bool bare;      /* begins with no name: a digit, a parenthesis, a fraction */
} ebb_shape_t;

/* Whose formula it is: what bare names and `partner.` mean in it. */
typedef struct ebb_voice {
    uint32_t person;  /* whose declarations are seen; EBB_NONE: of the couple */
    ebb_symbol_t own; /* only owner and named */
    const ebb_declaration_t *function; /* whose body it is, or NULL */
    const ebb_target_t *about;         /* of the statement, for \16, or NULL */
    bool event;                        /* that is an event of each of them */
} ebb_voice_t;

typedef struct ebb_writing {
    const ebb_model_t *model;
    const ebb_form_t *form;
    ebb_text_t *out;
    ebb_shape_t *shapes; /* one for each instruction of the model */
    ebb_list_t stack;
    ebb_voice_t voice;
    bool seen[EBB_WORD_COUNT]; /* words whose notation must be explained */
    bool t_is_taken;           /* a quantity is called t: the time is written out */
    bool indexed;              /* some name has the index i */
} ebb_writing_t;

/* Begins and ends; the shapes of all formulas of the model are found. When memory runs
 * out `out->failed` is set. */
void ebb_writing_begin(ebb_writing_t *writing, const ebb_model_t *model,
                       const ebb_form_t *form, ebb_text_t *out);
void ebb_writing_end(ebb_writing_t *writing);

/* A formula; in parentheses if its outermost operation holds less than `tie`. */
void ebb_write_formula(ebb_writing_t *writing, ebb_formula_t formula, ebb_tie_t tie,
                       bool breaks);

/* A template with what the statement is about, one formula and one name. */
void ebb_write_template(ebb_writing_t *writing, const char *text, ebb_formula_t formula,
                        const char *name);

/* A quantity, as the voice means it. */
void ebb_write_target(ebb_writing_t *writing, const ebb_target_t *target, bool people);

#endif
