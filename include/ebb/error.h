/* SPDX-License-Identifier: MIT
 *
 * Errors of ebb: one list of codes, one struct that says what went wrong and where.
 *
 * Every fallible function returns an int: 0 (EBB_OK) or one of the negative codes
 * below, and takes an optional ebb_error_t as its last parameter. On failure the struct
 * names the datum (label of the input, line and column where there is one) and, where
 * it can, the fix.
 */
#ifndef EBB_ERROR_H
#define EBB_ERROR_H

#include <stdint.h>

/* name, value, sentence for a person */
#define EBB_ERROR_LIST(X)                                                              \
    X(EBB_OK, 0, "no error")                                                           \
    X(EBB_ERR_MEMORY, -1, "out of memory")                                             \
    X(EBB_ERR_ARGUMENT, -2, "an argument is outside its documented range")             \
    X(EBB_ERR_INPUT, -3, "the input is not what it should be")                         \
    X(EBB_ERR_IO, -4, "reading or writing failed")                                     \
    X(EBB_ERR_LIMIT, -5, "the input exceeds a safety limit")                           \
    X(EBB_ERR_CHOICE, -6, "the input holds several candidates and a choice is needed") \
    X(EBB_ERR_NUMERIC, -7, "a computation did not converge or is singular")            \
    X(EBB_ERR_CANCELLED, -8, "cancelled by the caller")

typedef enum ebb_code {
#define EBB_ERROR_ENUM(name, value, sentence) name = value,
    EBB_ERROR_LIST(EBB_ERROR_ENUM)
#undef EBB_ERROR_ENUM
} ebb_code_t;

/* What failed. `line` and `column` count from 1; 0 means "not known" or "does not
 * apply". */
typedef struct ebb_error {
    int code;
    uint64_t line;
    uint64_t column;
    char where[256]; /* label of the input (a file name), or "" */
    char text[512];  /* what is wrong with which datum, and the likely fix; UTF-8, no
                        newline */
} ebb_error_t;

#if defined(__GNUC__)
#define EBB_MUST_CHECK __attribute__((warn_unused_result))
#else
#define EBB_MUST_CHECK
#endif

/**
 * The general sentence for an error code.
 *
 * @param[in] code  EBB_OK or a negative EBB_ERR_ code
 * @return a static English sentence without a full stop; "unknown error" for any other
 * number, never NULL. Thread-safe, needs no ebb_error_t; the text of an ebb_error_t
 * says more.
 */
const char *ebb_strerror(int code);

#endif
