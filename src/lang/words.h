/* SPDX-License-Identifier: MIT
 *
 * The words of the language. A name's number in ebb_names_t is that of its word.
 */
#ifndef EBB_LANG_WORDS_H
#define EBB_LANG_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* HEAD begins a statement of a model, PLAIN is reserved, FREE has a meaning in one
 * place and may be a name elsewhere, FUNCTION is called with numbers, PEOPLE brings the
 * persons together, RUN sums up a scenario's run. */
typedef enum ebb_word_kind {
    EBB_IS_FREE,
    EBB_IS_HEAD,
    EBB_IS_PLAIN,
    EBB_IS_FUNCTION,
    EBB_IS_PEOPLE,
    EBB_IS_RUN
} ebb_word_kind_t;

/* word, spelling, kind, number of arguments at most */
#define EBB_WORD_LIST(X)                                     \
    X(EBB_WORD_MODEL, "model", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_SCENARIO, "scenario", EBB_IS_HEAD, 0)         \
    X(EBB_WORD_POPULATION, "population", EBB_IS_HEAD, 0)     \
    X(EBB_WORD_TRIAL, "trial", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_CLAIM, "claim", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_TIME, "time", EBB_IS_HEAD, 0)                 \
    X(EBB_WORD_PERSONS, "persons", EBB_IS_HEAD, 0)           \
    X(EBB_WORD_PARAM, "param", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_TRAIT, "trait", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_STATE, "state", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_SHARED, "shared", EBB_IS_HEAD, 0)             \
    X(EBB_WORD_INPUT, "input", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_LET, "let", EBB_IS_HEAD, 0)                   \
    X(EBB_WORD_FN, "fn", EBB_IS_HEAD, 0)                     \
    X(EBB_WORD_NOISE, "noise", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_NEXT, "next", EBB_IS_HEAD, 0)                 \
    X(EBB_WORD_HISTORY, "history", EBB_IS_HEAD, 0)           \
    X(EBB_WORD_EVENT, "event", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_LASTS, "lasts", EBB_IS_HEAD, 0)               \
    X(EBB_WORD_SHOW, "show", EBB_IS_HEAD, 0)                 \
    X(EBB_WORD_PARTNER, "partner", EBB_IS_PLAIN, 0)          \
    X(EBB_WORD_IN, "in", EBB_IS_PLAIN, 0)                    \
    X(EBB_WORD_IF, "if", EBB_IS_PLAIN, 0)                    \
    X(EBB_WORD_THEN, "then", EBB_IS_PLAIN, 0)                \
    X(EBB_WORD_ELSE, "else", EBB_IS_PLAIN, 0)                \
    X(EBB_WORD_AND, "and", EBB_IS_PLAIN, 0)                  \
    X(EBB_WORD_OR, "or", EBB_IS_PLAIN, 0)                    \
    X(EBB_WORD_NOT, "not", EBB_IS_PLAIN, 0)                  \
    X(EBB_WORD_INF, "inf", EBB_IS_PLAIN, 0)                  \
    X(EBB_WORD_PI, "pi", EBB_IS_PLAIN, 0)                    \
    X(EBB_WORD_SIZE, "size", EBB_IS_PLAIN, 0)                \
    X(EBB_WORD_DELAY, "delay", EBB_IS_PLAIN, 0)              \
    X(EBB_WORD_EXP, "exp", EBB_IS_FUNCTION, 1)               \
    X(EBB_WORD_LOG, "log", EBB_IS_FUNCTION, 1)               \
    X(EBB_WORD_SQRT, "sqrt", EBB_IS_FUNCTION, 1)             \
    X(EBB_WORD_SIN, "sin", EBB_IS_FUNCTION, 1)               \
    X(EBB_WORD_COS, "cos", EBB_IS_FUNCTION, 1)               \
    X(EBB_WORD_TANH, "tanh", EBB_IS_FUNCTION, 1)             \
    X(EBB_WORD_ATAN, "atan", EBB_IS_FUNCTION, 1)             \
    X(EBB_WORD_EXPM1, "expm1", EBB_IS_FUNCTION, 1)           \
    X(EBB_WORD_LOG1P, "log1p", EBB_IS_FUNCTION, 1)           \
    X(EBB_WORD_LOGISTIC, "logistic", EBB_IS_FUNCTION, 1)     \
    X(EBB_WORD_SOFTPLUS, "softplus", EBB_IS_FUNCTION, 1)     \
    X(EBB_WORD_FLOOR, "floor", EBB_IS_FUNCTION, 1)           \
    X(EBB_WORD_ABS, "abs", EBB_IS_FUNCTION, 1)               \
    X(EBB_WORD_POS, "pos", EBB_IS_FUNCTION, 1)               \
    X(EBB_WORD_SIGN, "sign", EBB_IS_FUNCTION, 1)             \
    X(EBB_WORD_MIN, "min", EBB_IS_FUNCTION, 2)               \
    X(EBB_WORD_MAX, "max", EBB_IS_FUNCTION, 2)               \
    X(EBB_WORD_CLAMP, "clamp", EBB_IS_FUNCTION, 3)           \
    X(EBB_WORD_SUM, "sum", EBB_IS_PEOPLE, 1)                 \
    X(EBB_WORD_PRODUCT, "product", EBB_IS_PEOPLE, 1)         \
    X(EBB_WORD_MEAN, "mean", EBB_IS_PEOPLE, 1)               \
    X(EBB_WORD_LOWEST, "lowest", EBB_IS_PEOPLE, 1)           \
    X(EBB_WORD_HIGHEST, "highest", EBB_IS_PEOPLE, 1)         \
    X(EBB_WORD_VALUE, "value", EBB_IS_RUN, 2)                \
    X(EBB_WORD_SHARE, "share", EBB_IS_RUN, 3)                \
    X(EBB_WORD_EVER, "ever", EBB_IS_RUN, 3)                  \
    X(EBB_WORD_ALWAYS, "always", EBB_IS_RUN, 3)              \
    X(EBB_WORD_SPREAD, "spread", EBB_IS_RUN, 3)              \
    X(EBB_WORD_CORRELATION, "correlation", EBB_IS_RUN, 4)    \
    X(EBB_WORD_SLOPE, "slope", EBB_IS_RUN, 4)                \
    X(EBB_WORD_FIRST, "first", EBB_IS_RUN, 3)                \
    X(EBB_WORD_HALVING, "halving", EBB_IS_RUN, 3)            \
    X(EBB_WORD_EPISODES, "episodes", EBB_IS_RUN, 4)          \
    X(EBB_WORD_VARIATION, "variation", EBB_IS_RUN, 4)        \
    X(EBB_WORD_ENTROPY, "entropy", EBB_IS_RUN, 4)            \
    X(EBB_WORD_D, "d", EBB_IS_FREE, 0)                       \
    X(EBB_WORD_SOURCE, "source", EBB_IS_FREE, 0)             \
    X(EBB_WORD_UNIT, "unit", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_CLIP, "clip", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_REFLECT, "reflect", EBB_IS_FREE, 0)           \
    X(EBB_WORD_RATE, "rate", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_WHEN, "when", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_WHILE, "while", EBB_IS_FREE, 0)               \
    X(EBB_WORD_EXPONENTIAL, "exponential", EBB_IS_FREE, 0)   \
    X(EBB_WORD_NORMAL, "normal", EBB_IS_FREE, 0)             \
    X(EBB_WORD_UNIFORM, "uniform", EBB_IS_FREE, 0)           \
    X(EBB_WORD_USES, "uses", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_RUN, "run", EBB_IS_FREE, 0)                   \
    X(EBB_WORD_SET, "set", EBB_IS_FREE, 0)                   \
    X(EBB_WORD_START, "start", EBB_IS_FREE, 0)               \
    X(EBB_WORD_AT, "at", EBB_IS_FREE, 0)                     \
    X(EBB_WORD_FROM, "from", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_TO, "to", EBB_IS_FREE, 0)                     \
    X(EBB_WORD_RAMP, "ramp", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_EVERY, "every", EBB_IS_FREE, 0)               \
    X(EBB_WORD_FOR, "for", EBB_IS_FREE, 0)                   \
    X(EBB_WORD_EXPECT, "expect", EBB_IS_FREE, 0)             \
    X(EBB_WORD_FACTS, "facts", EBB_IS_FREE, 0)               \
    X(EBB_WORD_OF, "of", EBB_IS_FREE, 0)                     \
    X(EBB_WORD_RUNS, "runs", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_COUPLES, "couples", EBB_IS_FREE, 0)           \
    X(EBB_WORD_ARM, "arm", EBB_IS_FREE, 0)                   \
    X(EBB_WORD_CUT, "cut", EBB_IS_FREE, 0)                   \
    X(EBB_WORD_BY, "by", EBB_IS_FREE, 0)                     \
    X(EBB_WORD_CONSTRUCTION, "construction", EBB_IS_FREE, 0) \
    X(EBB_WORD_PEOPLE, "people", EBB_IS_FREE, 0)             \
    X(EBB_WORD_GROUP, "group", EBB_IS_FREE, 0)               \
    X(EBB_WORD_SATISFIED, "satisfied", EBB_IS_FREE, 0)       \
    X(EBB_WORD_ENDING, "ending", EBB_IS_FREE, 0)             \
    X(EBB_WORD_REPORT, "report", EBB_IS_FREE, 0)             \
    X(EBB_WORD_PAIRING, "pairing", EBB_IS_FREE, 0)           \
    X(EBB_WORD_WITHOUT, "without", EBB_IS_FREE, 0)           \
    X(EBB_WORD_WITH, "with", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_KEEP, "keep", EBB_IS_FREE, 0)                 \
    X(EBB_WORD_ENTER, "enter", EBB_IS_FREE, 0)               \
    X(EBB_WORD_END, "end", EBB_IS_FREE, 0)                   \
    X(EBB_WORD_FOLLOW, "follow", EBB_IS_FREE, 0)             \
    X(EBB_WORD_OUTCOME, "outcome", EBB_IS_FREE, 0)           \
    X(EBB_WORD_SD, "sd", EBB_IS_FREE, 0)                     \
    X(EBB_WORD_RELIABILITY, "reliability", EBB_IS_FREE, 0)   \
    X(EBB_WORD_RECOVERED, "recovered", EBB_IS_FREE, 0)       \
    X(EBB_WORD_DROPPED, "dropped", EBB_IS_FREE, 0)           \
    X(EBB_WORD_BELOW, "below", EBB_IS_FREE, 0)               \
    X(EBB_WORD_ABOVE, "above", EBB_IS_FREE, 0)

typedef enum ebb_word {
#define EBB_WORD_ENUM(name, spelling, kind, arguments) name,
    EBB_WORD_LIST(EBB_WORD_ENUM)
#undef EBB_WORD_ENUM
        EBB_WORD_COUNT
} ebb_word_t;

/* What kind of word a name is; EBB_IS_FREE for all that are not in the list. */
ebb_word_kind_t ebb_word_kind(uint32_t name);

/* Whether a statement of a scenario may begin with it; a person's name and a colon may
 * too. */
bool ebb_word_is_order(uint32_t name);

/* How many expressions a word of kind EBB_IS_RUN, or mean and its like, sums up. */
static inline int ebb_word_summands(uint32_t name)
{
    return name == EBB_WORD_CORRELATION || name == EBB_WORD_SLOPE ||
                   name == EBB_WORD_ENTROPY
               ? 2
               : 1;
}

/* How many arguments a word of kind EBB_IS_FUNCTION, EBB_IS_PEOPLE or EBB_IS_RUN may
 * have. */
int ebb_word_arguments(uint32_t name);

#endif
