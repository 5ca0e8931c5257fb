/* SPDX-License-Identifier: MIT
 *
 * What each operation of the graph does to one lane: the one place from which the
 * interpreter's loops and native code are made, so that both have the same bits.
 */
#ifndef EBB_RUN_OPERATIONS_H
#define EBB_RUN_OPERATIONS_H

#include <math.h>

#include "lang/graph.h"
#include "math/power_kernel.h"
#include "math/trig_kernel.h"

/* name of the operation, result for operands a, b, c */
#define EBB_OPERATION_LIST(X)                        \
    X(EBB_OP_NEG, -a)                                \
    X(EBB_OP_ABS, ebb_magnitude(a))                  \
    X(EBB_OP_FLOOR, ebb_math_floor(a))               \
    X(EBB_OP_SQRT, sqrt(a))                          \
    X(EBB_OP_EXP, ebb_math_exp(a))                   \
    X(EBB_OP_EXPM1, ebb_math_expm1(a))               \
    X(EBB_OP_LOG, ebb_math_log(a))                   \
    X(EBB_OP_LOG1P, ebb_math_log1p(a))               \
    X(EBB_OP_SIN, ebb_math_sin(a))                   \
    X(EBB_OP_COS, ebb_math_cos(a))                   \
    X(EBB_OP_TANH, ebb_math_tanh(a))                 \
    X(EBB_OP_ATAN, ebb_math_atan(a))                 \
    X(EBB_OP_LOGISTIC, ebb_math_logistic(a))         \
    X(EBB_OP_SOFTPLUS, ebb_math_softplus(a))         \
    X(EBB_OP_NOT, a == 0 ? 1.0 : 0.0)                \
    X(EBB_OP_ADD, a + b)                             \
    X(EBB_OP_SUB, a - b)                             \
    X(EBB_OP_MUL, a *b)                              \
    X(EBB_OP_DIV, a / b)                             \
    X(EBB_OP_POW, ebb_math_pow(a, b))                \
    X(EBB_OP_MIN, a < b ? a : b)                     \
    X(EBB_OP_MAX, b < a ? a : b)                     \
    X(EBB_OP_LT, a < b ? 1.0 : 0.0)                  \
    X(EBB_OP_LE, a <= b ? 1.0 : 0.0)                 \
    X(EBB_OP_EQ, a == b ? 1.0 : 0.0)                 \
    X(EBB_OP_AND, ((a != 0) & (b != 0)) ? 1.0 : 0.0) \
    X(EBB_OP_OR, ((a != 0) | (b != 0)) ? 1.0 : 0.0)  \
    X(EBB_OP_SELECT, a != 0 ? b : c)

/* EBB_OP_ADD_of(a, b, c) and so on; unused operands are 0. */
#define EBB_OPERATION_INLINE(name, result)                       \
    static inline double name##_of(double a, double b, double c) \
    {                                                            \
        (void)b, (void)c;                                        \
        return (result);                                         \
    }
EBB_OPERATION_LIST(EBB_OPERATION_INLINE)
#undef EBB_OPERATION_INLINE

#endif
